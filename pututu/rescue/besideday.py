"""What do the words beside a printed day make of it: the page's own date, a date line, or a day that is told of?

"Published on 4 March 2013" and "Rosa Huaman, 4 March 2013" are date lines. "The report was published on 4 March 2013",
"Closing date: 4 March 2013" and "The strike of 4 March 2013" tell of days.
"""

from __future__ import annotations

import re
from enum import Enum, auto

ITS_DATE = re.compile(
    r"\b(?:posted|published|publicad[oa]|publication date|first published|fecha(?: de publicaci[oó]n)?|date"
    r"|issued|released|written|submitted|uploaded|enviado|escrito|publicat|publié|mise? en ligne|veröffentlicht(?:ung)?"
    r"|erschienen|publiziert|pressemitteilung|datum|erstellt|gespeichert|verfasst|geschrieben|gepostet|created|creado|data|pubblicato"
    r"|gepubliceerd)\b",
    re.IGNORECASE,
)
NEAR = 60


class Beside(Enum):
    """What a day is by the words beside it."""

    OWN = auto()  # called the page's date
    LINE = auto()  # among names, hours and signs, as in a date line
    WORDY = auto()  # among other words: a date line only where the page's programs call it so
    TOLD = auto()  # in a sentence, or under a label, of another thing


_CLAUSE = re.compile(r"[|·•∙»>/()\[\];!?]|(?<=\w)\.(?!\d)|\s[-–—]+\s|\s[-–—]+$")
HOURS = re.compile(
    r"\b\d{1,2}[:.h]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?|uhr|hrs?|h)?\b|\b(?-i:[A-Z]{2,4}T|GMT|UTC)\b|[+-]\d\d:?\d\d\b",
    re.I,
)
WEEKDAY = (
    r"\b(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)|lunes|martes|mi[ée]rcoles"
    r"|jueves|viernes|s[áa]bado|domingo|lun|mar|mi[ée]|jue|vie|s[áa]b|dom|(?:segunda|terça|quarta|quinta|sexta)-feira"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)\b[.,]?"
)
_WEEKDAYS = re.compile(WEEKDAY, re.IGNORECASE)
_BY = r"(?:by|von|vom|por|par|door|di|da|from|in|en|im|at|unter|auf|sur|dans)"
_STARTS_WITH_BY = re.compile(rf"\W*{_BY}\b", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|be|been|being|has|had|have|fue|fueron|es|son|ha|han|sido|foi|foram|é|wurden?|worden|ist|été|est|a|ont"
    r"|è|stat[oaie]|werd|werden)\W*(?:first |zuerst |\w+mente )?$",
    re.IGNORECASE,
)
_CARRIERS = {
    "article", "artikel", "artículo", "articulo", "artigo", "articolo", "post", "posting", "blogposting",
    "entry", "entrada", "story", "nota", "noticia", "page", "página", "beitrag", "eintrag", "text",
    "übersetzung", "news", "release", "press", "first", "originally", "original", "online", "date", "fecha",
    "data", "datum", "time", "day", "zuerst", "am", "um", "und", "and", "y", "et", "e", "the", "on", "at", "of",
    "de", "del", "la", "le", "el", "à", "a", "em", "as", "às", "il", "alle", "op", "om", "den", "der", "des",
    "du", "d", "publication", "publicación", "publicação", "publicado", "publicada", "published", "posted",
    "pubblicazione", "veröffentlichung", "erstveröffentlichung", "last", "start", "stand", "erscheinungsdatum",
    "content", "uhr", "por", "par", "sur",
}  # fmt: skip
_LABELS = {
    "erscheinungsdatum", "erstveröffentlichung", "veröffentlichung", "veröffentlichungsdatum", "publicación",
    "publicação", "publication", "pubblicazione", "stand", "beginndatum", "publicatiedatum", "zuletzt",
    "bearbeitet", "créé",
}  # fmt: skip
_ON = re.compile(r"(?:^|\s)(?:on|am|el|le|em|den|op|om|il|vom)\s*(?:the\s+)?$", re.IGNORECASE)
_TELLING = re.compile(
    r"(?:^|\s)(?:of|since|until|till?|from|for|after|before|by|to|between|during|dated|fechad[oa]|del|desde"
    r"|hasta|para|antes de|después de|von|bis(?: zum)?|ab|seit|zum|nach|vor|dès|depuis"
    r"|jusqu.au|du|au|dal|al|fino al|van|tot|até|a partir d[eo])"
    r"\s*(?:the\s+|el\s+|le\s+)?$",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"^\W*(?:the|an?|el|la|los|las|una?|o|os|as|um|uma|der|die|das|les?|une?)\b", re.IGNORECASE
)
_USUAL = _CARRIERS | {
    "by", "von", "vom", "por", "par", "door", "di", "da", "in", "en", "im", "mit", "with", "ago", "min", "mins",
    "minute", "minutes", "minuten", "read", "lectura", "words", "views", "comments", "comment", "kommentar",
    "kommentare", "comentarios", "comentario", "commentaires", "hits", "leave", "no", "keine", "noch", "reply",
    "add", "updated", "update", "aktualisiert", "geändert", "actualizado", "tags", "filed", "under",
    "gespeichert", "hrs", "hs", "horas", "hora", "st", "nd", "rd", "th", "report", "est", "los", "las", "le",
    "www", "http", "https", "com", "org", "jpg", "pdf", "am", "pm",
}  # fmt: skip

_CALLED_BEHIND_IT = re.compile(rf"\W*(?:{ITS_DATE.pattern})\s+{_BY}\b", re.IGNORECASE)

_LABEL = re.compile(r"\W*([^\W\d][^:|·•/]{1,30}):\s")
_BY_LABEL = re.compile(
    rf"\W*(?:{_BY}|auth?or[ae]?s?|auteur|texto?e?|redac\w+|redaktion|editor|stand|créé)\b", re.IGNORECASE
)


def beside(text: str, start: int, end: int) -> Beside:
    """Say what the words around ``text[start:end]``, a day, make of it."""
    after = text[end:]
    if _CALLED_BEHIND_IT.match(after):
        return Beside.OWN
    clause = _WEEKDAYS.sub(" ", _CLAUSE.split(HOURS.sub(" ", text[:start]))[-1])
    clause = clause.rstrip(" ,\u00a0")
    if re.match(r"\s*:\s*[^\W\d]", after):
        return Beside.TOLD  # a chronology's line
    if re.search(r":\s*$", clause):
        return _under_label(clause.rstrip(" :"))
    if _is_called_its_date(clause):
        is_aside = re.search(
            r"[^\W\d_].*[(\[][^()\[\]]*$", text[:start]
        )  # "Report on water (published on …)"
        return Beside.WORDY if is_aside else Beside.OWN
    if _TELLING.search(clause):
        return Beside.TOLD
    if _ON.search(clause):
        if not _is_of_a_name(clause, after):
            return Beside.TOLD
        clause = ""
    if (label := _LABEL.match(text[:start])) and not (
        _BY_LABEL.match(text) or is_own_label(label[1]) or ITS_DATE.match(label[1])
    ):
        return Beside.WORDY  # "Previous: Old story (4 March 2013)"
    return Beside.WORDY if _foreign(clause) or len(_foreign(after)) > 1 else Beside.LINE


def is_own_label(text: str) -> bool:
    """Whether a label, without its colon, names the page's own date: "Date", "Erschienen am"."""
    words = re.findall(r"[^\W\d_]+", ITS_DATE.sub(" ", _WEEKDAYS.sub(" ", text)).lower())
    is_named = bool(ITS_DATE.search(text)) or any(word in _LABELS for word in words)
    return is_named and all(word in _CARRIERS or word in _LABELS for word in words)


def is_label_of_what_follows(text: str, *, is_in_one_row: bool) -> bool:
    """Whether a piece right before a day names it as another's: "Closing date:", "Visitors since"."""
    bare = text.strip()
    if not re.search(r"[^\W\d_]", bare) or is_own_label(bare.rstrip(" :")) or _BY_LABEL.match(bare):
        return False
    if bare.endswith(":"):
        return _under_label(bare.rstrip(" :")) is Beside.TOLD
    return bool(_TELLING.search(bare)) or (is_in_one_row and bool(_foreign(bare)))


def _under_label(label: str) -> Beside:
    if is_own_label(label) or _is_called_its_date(label):
        return Beside.OWN if ITS_DATE.search(label) else Beside.LINE
    if (last := re.search(r"[A-ZÀ-Þ]\w+$", label)) and last[0].lower() in _LABELS:
        return Beside.LINE  # "Sara Zinnecker Stand: …"
    is_of_issue = re.search(r"\d\s*$", label) or not re.search(r"[^\W\d_]", label)
    return Beside.LINE if is_of_issue else Beside.TOLD


def _is_called_its_date(clause: str) -> bool:
    """A word such as "posted" begins the clause or a label in it, and hardly a word parts it from the day."""
    return any(
        _begins(clause[: found.start()], found[0]) and _leads_on(found[0], clause[found.end() :])
        for found in ITS_DATE.finditer(clause)
        if len(clause) - found.end() <= NEAR
    )


def _begins(before: str, word: str) -> bool:
    if _PASSIVE.search(before) or _DETERMINER.match(before):
        return False
    words = re.findall(r"[^\W\d_]+", before.lower())
    is_by = before.rstrip().endswith(",") and _STARTS_WITH_BY.match(before) is not None
    return word[0].isupper() or is_by or all(each in _CARRIERS for each in words)


def _leads_on(word: str, between: str) -> bool:
    if _STARTS_WITH_BY.match(between):
        return True
    words = re.findall(r"[^\W\d_]{2,}", between)
    if word.lower() in ("date", "fecha", "data", "datum"):
        return all(each.lower() in _CARRIERS for each in words)
    return not any(each.islower() and each not in _CARRIERS for each in words)


def _is_of_a_name(clause: str, after: str) -> bool:
    """Before "on" stands nothing, or who wrote it: "by Rosa on", "Frank Hahn am", "dpa am"."""
    before = clause[: found.start()] if (found := _ON.search(clause)) else clause
    words = re.findall(r"[^\W\d_]+", before)
    if not words:
        return not re.match(
            r",?\s+(?!(?:by|von|por|par|in|en|at|um|à|a)\b)[^\W\d_]*[a-zà-ÿ]", after
        ) or not _foreign(after)
    if _STARTS_WITH_BY.match(before) or len(words) == 1:
        return True
    return not _DETERMINER.match(before) and not any(word.islower() for word in words)


def _foreign(text: str) -> list[str]:
    """Words in small letters that date lines have no use for; what follows "by" may be any name."""
    bare = re.sub(rf"\b{_BY}\s+[^\W\d_]+", " ", HOURS.sub(" ", text), flags=re.IGNORECASE)
    words = re.findall(r"[^\W\d_]{2,}", _WEEKDAYS.sub(" ", bare))
    return [word for word in words if word.islower() and word not in _USUAL]
