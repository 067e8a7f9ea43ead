"""How are days and hours written, where Django asks and not we?"""
