"""How do members and memberships read, on a page and on paper?"""
