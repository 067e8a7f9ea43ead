"""How are words found again? The analysis of text, and one adapter for each kind of database.

The same analysis (``words``) makes what is indexed and what is asked: every database gives the same answers.
"""
