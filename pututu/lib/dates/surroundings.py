"""What stands around a printed date and says nothing of the day: a weekday, a time of day, stray signs?"""

import re

from pututu.lib.dates.errors import DateError
from pututu.lib.dates.honest import HonestDate
from pututu.lib.telling import gettext_noop
from pututu.lib.text import fold

_WEEKDAYS = (
    ("monday", "lunes"), ("tuesday", "martes"), ("wednesday", "miercoles"), ("thursday", "jueves"),
    ("friday", "viernes"), ("saturday", "sabado"), ("sunday", "domingo"),
)  # fmt: skip
_SPANISH = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
# "mar." is March or marzo before it is martes.
_SHORT = {name: day for day, names in enumerate(_WEEKDAYS) for name in (*names, names[0][:3])} | {
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3, "lun": 0, "mie": 2, "jue": 3, "vie": 4, "sab": 5, "dom": 6,
}  # fmt: skip
_TIME_BEFORE_YEAR = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})? (?:utc |gmt |bst |pet |[+-]\d{4} )?(?=\d{4}$)")
_INVISIBLE = {ord(sign): None for sign in "\ufeff\u00ad\u200c\u200d\u200e\u200f\u202a\u202c\u2060"} | {
    0x200B: " "
}
_QUOTES = "\"'“”„‘’«»"
_WEEKDAY = re.compile(rf"^(?:el )?({'|'.join(sorted(_SHORT, key=len, reverse=True))})\b[.,]*\s*")
_TIME = re.compile(
    r"(?:[ ,t]+|^)(?:at |a las )?"
    r"(?:\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.? ?m\.?)?|\d{1,2}(?:\.\d{2})?\s*[ap]\.? ?m\.?|\d{1,2}h\d{2})\s*"
    r"(?:z|utc|gmt|bst|pet|[+-]\d{2}:?\d{2})?$"
)


def without_invisible(text: str) -> str:
    """Give ``text`` without the signs that pasting brings along unseen, and without quotation marks around it."""
    line = text.translate(_INVISIBLE).strip()
    return line.strip(_QUOTES) if line[:1] in _QUOTES and line[-1:] in _QUOTES else line


def without_surroundings(text: str) -> tuple[str, int | None]:
    """Give ``text`` folded, without weekday, time and stray signs; and the weekday (0 is Monday) or None."""
    line = " ".join(fold(text).split()).strip(" .,;:")
    line = _TIME.sub("", _TIME_BEFORE_YEAR.sub("", line)).strip(" .,;:")
    found = _WEEKDAY.match(line)
    rest = line[found.end() :] if found else line
    if not found or not rest:
        return line, None
    return rest, _SHORT[found[1]]


def check_weekday(value: HonestDate, weekday: int | None, language: str) -> None:
    """Raise DateError "weekday" when the day was another day of the week than the text says."""
    day = value.earliest
    if weekday is None or not value.is_day or day is None or day.weekday() == weekday:
        return
    raise DateError(
        gettext_noop("%(day)s was a %(true)s, not a %(said)s: say which of the two is right."),
        code="weekday",
        day=value.words(language),
        true=_name(day.weekday(), language),
        said=_name(weekday, language),
    )


def _name(weekday: int, language: str) -> str:
    return _SPANISH[weekday] if language == "es" else _WEEKDAYS[weekday][0].capitalize()
