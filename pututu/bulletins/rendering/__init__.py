"""How do an issue and its mails read?"""
