"""Which date words does a plain text hold, in English or Spanish?

A text becomes a row of tokens whose kinds are single letters, so that ``plain`` can tell phrases by the
kinds. Both languages share one table: no word of one means something else in the other.
"""

import re
from dataclasses import dataclass

from pututu.lib.dates.vocabulary import ENGLISH, SPANISH
from pututu.lib.text import fold


@dataclass(frozen=True)
class Token:
    """One date word: ``kind`` is one of the signs listed below, ``value`` its number."""

    kind: str
    value: int = 0


# D a number of one or two digits, Y a year, M a month, S a part of a year, H a hemisphere, X a decade,
# C a century, N year unknown, P early or mid or late, ~ about, ? possibly, < before, > after,
# L no later than, E no earlier than, B between, F from, U until, - to, & and, | or, "," a comma,
# Z beginning or end unknown, O without an end, Q half of a month.

_PHRASES: dict[str, str] = {}


def _add(kind: str, *phrases: str, value: int = 0) -> None:
    _PHRASES.update({fold(phrase): f"§{kind}{value}§" for phrase in phrases})


def _add_calendar() -> None:
    for number, names in enumerate(zip(ENGLISH.months, SPANISH.months, strict=True), 1):
        _add("M", *names, *(name[:3] for name in names), *(name[:3] + "." for name in names), value=number)
    _add("M", "febr", "febr.", value=2)
    _add("M", "sept", "sept.", "setiembre", "set", "set.", value=9)
    for vocabulary in (ENGLISH, SPANISH):
        for grouping, name in vocabulary.groupings.items():
            if grouping < 25 or grouping >= 33:
                _add("S", re.sub(r"(?: de| of)? \{year\}", "", name), value=grouping)
    _add("S", "fall", value=23)
    for number, roman in enumerate(("i", "ii", "iii", "iv"), 1):
        _add("S", f"q{number}", *(f"{sign} {name}" for sign in (number, roman) for name in ("quarter", "trimestre")),
             value=32 + number)  # fmt: skip
        if number <= 2:
            _add("S", *(f"{sign} {name}" for sign in (number, roman) for name in ("half", "semestre")),
                 value=39 + number)  # fmt: skip


_add_calendar()
_add("P", "early", "early in", "early-", "at the beginning of", "beginning of", "at the start of", "start of",
     "principios de", "a principios de", "principios del", "a principios del", "comienzos de",
     "a comienzos de", "comienzos del", "a comienzos del", "inicios de", "a inicios de", "inicios del",
     "a inicios del", value=0)  # fmt: skip
_add("P", "mid", "mid-", "middle of", "in the middle of", "mediados de", "a mediados de", "mediados del",
     "a mediados del", value=1)  # fmt: skip
_add("P", "late", "late in", "late-", "end of", "at the end of", "fines de", "a fines de", "finales de",
     "a finales de", "fines del", "a fines del", "finales del", "a finales del", value=2)  # fmt: skip
_add("N", "year unknown", "year not known", "ano desconocido")
_add("~", "about", "around", "circa", "ca.", "ca", "c.", "c", "approximately", "approx.", "roughly", "hacia",
     "alrededor de", "alrededor del", "aproximadamente", "cerca de")  # fmt: skip
_add(
    "?",
    "possibly",
    "perhaps",
    "probably",
    "maybe",
    "posiblemente",
    "probablemente",
    "quiza",
    "quizas",
    "tal vez",
)
_add("<", "before", "earlier than", "antes de", "antes del")
_add(">", "after", "later than", "despues de", "despues del")
_add("L", "no later than", "not later than", "not after", "by", "on or before", "at the latest", "no despues de",
     "no despues del", "a mas tardar", "a mas tardar en", "a mas tardar el")  # fmt: skip
_add("E", "no earlier than", "not earlier than", "not before", "on or after", "no antes de", "no antes del")
_add("B", "between", "entre")
_add("F", "from", "since", "desde", "a partir de", "a partir del")
_add("U", "until", "till", "hasta")
_add("-", "to", "through", "a", "al")
_add("&", "and", "&", "y", "e")
_add("|", "or", "o", "u")
_add("Z", "end unknown", "beginning unknown", "fin desconocido", "inicio desconocido")
_add("O", "to date", "to the present", "to present", "present", "onwards", "onward", "until now", "hasta la fecha",
     "a la fecha", "hasta hoy", "hasta ahora", "al presente", "hasta el presente", "en adelante")  # fmt: skip
_add("Q", "primera quincena", "1 quincena", "first fortnight", value=0)
_add("Q", "segunda quincena", "2 quincena", "second fortnight", value=1)
_add("H", "northern hemisphere", "hemisferio norte", "northern", "boreal", value=4)
_add("H", "southern hemisphere", "hemisferio sur", "southern", "austral", value=8)

_NOISE = re.compile(
    r"(?<![\w§])(?:the|of|in|on|de|del|el|la|los|las|en|dia|day|ano|year|dated|fecha:?|date:|published:?|posted:?|publicad[oa]:?)(?![\w§])"
)
_REMARKS = re.compile(
    r",? (?:day and month|day|month) not known$"
    r"|,? (?:dia y mes desconocidos|dia desconocido|mes desconocido)$"
)
_PHRASE = re.compile(
    r"(?<!\w)(?:"
    + "|".join(re.escape(phrase) for phrase in sorted(_PHRASES, key=len, reverse=True))
    + r")(?![\w§])"
)
_TOKEN = re.compile(
    r"§(?P<kind>\W|\w)(?P<value>-?\d+)§|(?P<digits>\d+)|(?P<sign>[-/,;])|(?P<space>\s+)|(?P<other>.)"
)

# Of the decades named without a century, only those of the last one that are long past are sure.
_DECADES = {
    **{f"{tens}0": tens for tens in range(5, 10)},
    **dict(zip(("fifties", "sixties", "seventies", "eighties", "nineties"), range(5, 10), strict=True)),
    **dict(zip(("cincuenta", "sesenta", "setenta", "ochenta", "noventa"), range(5, 10), strict=True)),
}
_SHORT_DECADE = re.compile(
    r"(?:(?<!\w)(?:the )?['’]?(?P<digits>[5-9]0)['’]?s\b|\b(?:the )?(?P<english>[a-z]+ties)\b"
    r"|\b(?:decada de(?: los)?(?: anos)?|(?:los )?anos|los) (?P<spanish>[5-9]0|[a-z]+enta)\b)"
)

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def tokens(text: str) -> list[Token] | None:
    """Give the date words of ``text``; None when any other word is left over."""
    row: list[Token] = []
    for match in _TOKEN.finditer(_marked(text)):
        token = _token(match)
        if token:
            row.append(token)
        elif not match["space"]:
            return None
    return row


def _token(match: re.Match[str]) -> Token | None:
    if match["kind"]:
        return Token(match["kind"], int(match["value"]))
    if match["digits"] and len(match["digits"]) in (1, 2, 4):
        return Token("Y" if len(match["digits"]) == 4 else "D", int(match["digits"]))
    if match["sign"]:
        return Token("," if match["sign"] in ",;" else "-")
    return None


def _marked(text: str) -> str:
    """Fold ``text`` and put every date word between § signs."""
    line = " ".join(fold(text).replace("§", " ").split())
    line = re.sub(r"[()]", " ", line)
    line = re.sub(r"\b(early|mid|late)-(?=[a-z\d])", r"\1 ", line)
    line = re.sub(r"[‐‑‒–—―−]", "-", line)
    line = line.strip(" .,;:-") if not line.startswith("-") else line.strip(" .,;:")
    line = _REMARKS.sub("", line)
    line = re.sub(
        r"^(.+?)[ ,]+aprox(?:imadamente)?\.?$|^(.+?)[ ,]+approx(?:imately|\.)?$", r" §~0§ \1\2", line
    )
    line = re.sub(r"^(.*\d)\s*\?$", r" §?0§ \1", line)
    line = _mark_years(line)
    line = _PHRASE.sub(lambda found: f" {_PHRASES[found[0]]} ", line)
    return _NOISE.sub(" ", line)


def _mark_years(line: str) -> str:
    """Mark what a number is part of: ordinals, decades, centuries and eras."""
    line = re.sub(r"\b(\d{1,3})(?:st|nd|rd|th) century\b", lambda m: f" §C{m[1]}§ ", line)
    line = re.sub(r"\bsiglo ([ivxlc]+)\b", lambda m: f" §C{_number_of(m[1])}§ ", line)
    line = re.sub(r"\b(?:decada de(?: los)?(?: anos)?|(?:los )?anos) ([1-9]\d\d0)\b", r" §X\1§ ", line)
    line = re.sub(r"\b([1-9]\d\d0)['’]?s\b", r" §X\1§ ", line)
    line = _SHORT_DECADE.sub(_short_decade, line)
    line = re.sub(
        r"\b(\d{1,12}) (?:bce?|a\. ?c\.?|a\.? ?d\. ?c\.?)(?!\w)", lambda m: f" §Y{1 - int(m[1])}§ ", line
    )
    line = re.sub(r"\b(\d{1,12}) (?:ad|ce|d\. ?c\.?)(?!\w)", lambda m: f" §Y{int(m[1])}§ ", line)
    line = re.sub(r"\b(\d{1,2})([-/.])([a-z]{3,10})\2(\d{4})\b", r"\1 \3 \4", line)
    line = re.sub(r"\b(\d{4})([-/.])([a-z]{3,10})\2(\d{1,2})\b", r"\1 \3 \4", line)
    line = re.sub(r"\b([a-z]{3,10})[-/.](\d{4})\b", r"\1 \2", line)
    line = re.sub(r"\b(?:first|primero)(?= (?:of|de) [a-z])", "1", line)
    line = re.sub(r"\b(\d{4})-(0[1-9]|1[0-2])-(\d\d)\b", r" \3 §M\2§ \1 ", line)
    line = re.sub(r"\bc(?:a|irca)?\.? ?(?=\d)", " §~0§ ", line)
    return re.sub(r"\b(\d{1,2})(?:st|nd|rd|th|\.?o|\.?a|ro|ra|er|do|da|to|ta|°)(?!\w)", r"\1", line)


def _short_decade(found: re.Match[str]) -> str:
    tens = _DECADES.get(found["digits"] or found["english"] or found["spanish"])
    return f" §X19{tens}0§ " if tens else found[0]


def _number_of(roman: str) -> int:
    total = 0
    sizes = [_ROMAN[letter] for letter in roman]
    for size, following in zip(sizes, [*sizes[1:], 0], strict=True):
        total += -size if size < following else size
    return total
