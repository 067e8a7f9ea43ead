"""How is a rescue shown at a terminal: how far it is, each item, and what came of the whole?"""
