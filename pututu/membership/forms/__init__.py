"""What is asked of readers, members and staff?"""
