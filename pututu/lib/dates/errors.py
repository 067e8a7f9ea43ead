"""What is wrong with a text that should be a date?"""

from pututu.lib.telling import Told


class DateError(Told):
    """A text that is not an honest date.

    ``code`` is short and stable: "unreadable", "no-such-day", "reversed", "ambiguous", "stand-in",
    "not-supported", "weekday".
    """
