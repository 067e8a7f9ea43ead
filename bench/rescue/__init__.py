"""How right, how honest and how fast is the dating of old pages?"""
