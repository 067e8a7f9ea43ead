"""What are treasurers asked, and what is no answer?"""
