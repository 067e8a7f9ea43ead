"""Why can a capture not be read, and what should its owner do?"""


class UnreadableCapture(ValueError):
    """A capture of which nothing can be read. ``str(error)`` names the place, the fault and the remedy."""

    def __init__(self, name: str, fault: str, remedy: str, *, line: int | None = None) -> None:
        place = f"{name}, line {line}" if line else name
        super().__init__(f"{place}: {fault} {remedy}")
        self.name = name
        self.line = line
        self.fault = fault
        self.remedy = remedy
