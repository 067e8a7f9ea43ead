"""What is wrong with a text that should be a date?"""


class DateError(ValueError):
    """A text that is not an honest date.

    ``message`` (also ``str(error)``) is a full sentence for a person, in English; ``code`` is short and
    stable: "unreadable", "no-such-day", "reversed", "ambiguous", "stand-in", "not-supported", "weekday".
    """

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
