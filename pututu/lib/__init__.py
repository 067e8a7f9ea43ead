"""What does every app lean on that is neither Django nor about one app? Plain Python: honest dates, text."""
