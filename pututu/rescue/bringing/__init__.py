"""How does what was read of an old site become pages, pictures, documents and old addresses that lead on?"""
