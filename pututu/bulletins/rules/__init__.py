"""What is decided about bulletins without a database?"""
