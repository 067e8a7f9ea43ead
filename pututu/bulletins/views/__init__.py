"""Who sees what of bulletins?"""
