"""What date does an old date line give, and what else stands on it?

Real lines: "17 August 2019", "Update 129. 30 September 2008", "153. Aug - Sep 12", "Open University", ".
24 March 2014", "31 December 1969", "30 November -1", and nothing at all.
"""

import re
from dataclasses import dataclass, replace

from pututu.lib.dates import DateError, HonestDate, from_words

LONGEST_DATE_LINE = 80

# An issue's label before the date: "Update 129.", "102.", "150 .", "Peru News 065."
_LABEL = re.compile(r"^(?P<label>(?:[^\W\d][^\d.]*)?\d{1,4})\s*\.\s*(?P<rest>\S.*)$")


@dataclass(frozen=True)
class DateLine:
    """A date line as printed, taken apart. ``value`` is None when no date is on it; ``fault`` then says why.

    ``code`` is the DateError's ("stand-in", "unreadable", …), or "" where a date was read.
    """

    printed: str
    label: str = ""
    value: HonestDate | None = None
    code: str = ""
    fault: str = ""

    @property
    def is_stand_in(self) -> bool:
        return self.code == "stand-in"


def read_date_line(printed: str, *, language: str = "en") -> DateLine:
    """Take a date line apart; never raises. A stand-in and an unreadable line come back with their fault.

    A number and a full stop are an issue's label only where the whole line is no date ("16.12.2013" is).
    """
    whole = _read(printed, printed, language=language)
    labelled = _LABEL.match(printed.strip())
    if whole.code != "unreadable" or not labelled:
        return whole
    rest = _read(printed, labelled["rest"], language=language)
    return whole if rest.code == "unreadable" else replace(rest, label=labelled["label"])


def _read(printed: str, text: str, *, language: str) -> DateLine:
    try:
        value = from_words(text, language=language)
    except DateError as error:
        return DateLine(printed, code=error.code, fault=error.message)
    if value.is_unknown:
        return DateLine(printed, code="unknown", fault="No date is printed.")
    return DateLine(printed, value=value)
