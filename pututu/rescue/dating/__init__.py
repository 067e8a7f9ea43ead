"""Which honest date does a page of the old site get, from whom, and why?"""
