"""What kind of thing is a page: a story, an event, a standing page, a publication, a list, an error?"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from pututu.lib.text import fold
from pututu.rescue.capture import Capture
from pututu.rescue.item import ItemKind
from pututu.rescue.reading.record import Entry, Said

BY_EXPORT = {
    "post": ItemKind.STORY, "story": ItemKind.STORY, "article": ItemKind.STORY, "news": ItemKind.STORY,
    "page": ItemKind.BACKGROUND, "background": ItemKind.BACKGROUND, "attachment": ItemKind.ASSET,
    "event": ItemKind.EVENT, "publication": ItemKind.PUBLICATION, "report": ItemKind.PUBLICATION, "list": ItemKind.LIST,
}  # fmt: skip
_MISSING = (
    r"(?:not found|(?:can|could)(?: ?not|n?.t) be found|no longer (?:exists?|available)|(?:does not|doesn't) exist"
    r"|(?:is )?missing"
    r"|no (?:ha sido |fue |pudo ser )?encontrad[oa]|no existe|no se (?:encuentra|encontro|pudo encontrar))"
)
# Bodies and witnesses are not found either: only of a page is it an error.
_SAYS_SO = re.compile(
    r"\b(?:page|file|document|object|resource|url|article|pagina|archivo|documento|recurso|articulo)\b"
    rf"[^.!?]{{0,60}}\b{_MISSING}\b|\berror [45]\d\d\b|\b[45]\d\d (?:error|not found|forbidden|internal server)\b"
    rf"|\b[45]\d\d\W+{_MISSING}"
)
_SAYS_NO_MORE = re.compile(
    r"(?:error )?(?:40[0-9]|410|50[0-4])|not found|no encontrad[oa]|access denied|forbidden"
    r"|internal server error|acceso denegado"
)
_SEPARATOR = re.compile(r"\s[|»–—:-]\s|[|»]")
_EVENT = re.compile(r"^(?:event|evento)s?\s*:", re.I)
_EVENT_PATH = re.compile(r"(?:^|[/_-])(?:events?|eventos?|agenda|calendar|diary)(?:[/_.-]|$)", re.I)
_PUBLICATION_PATH = re.compile(
    r"(?:^|[/_-])(?:publications?|publicacion(?:es)?|reports?|informes?|boletin(?:es)?|newsletters?)(?:[/_.-]|$)",
    re.I,
)
_STANDING_PATH = re.compile(
    r"(?:^|[/_-])(?:about(?:-us|us)?|aims|history|historia|who-we-are|quienes-somos|contact(?:-us|o|us)?|join(?:-us|us)?|membership"
    r"|unete|afiliate|privacy|legal|key-issues|human-rights|background|donate|links|objetivos|faq)(?:[/_.-]|$)",
    re.I,
)
_STORY_PATH = re.compile(
    r"(?:^|[/_-])(?:articles?|news|noticias?|story|stories|blog|update|comment|press|\d{4}/\d{2})(?:[/_.-]|$)",
    re.I,
)
_LIST_PATH = re.compile(
    r"(?:^|[/_-])(?:archives?|index|category|categoria|tag|page|all|list|news|articles|events|publications|noticias"
    r"|newsletters|reports|eventos|boletines|informes|publicaciones)(?:[/_-]?\d*(?:\.\w+)?)/?$",
    re.I,
)
_LIST_QUERY = re.compile(r"(?:^|&)(?:position|page|paged|offset|start|cat|category|tag|from|p_)=", re.I)
_FRONT = re.compile(r"/(?:[a-z]{2}/)?(?:(?:index|home|default|inicio|start|main)(?:\.\w+)?)?", re.I)
SHORT = 600
LITTLE = 200
LONG = 1500  # characters on a front page that are more than a greeting


def kind_of(
    capture: Capture, title: str, body: str, entries: tuple[Entry, ...], said: list[Said], in_list: int
) -> ItemKind:
    """Say what the page is; ``body`` is its plain text, ``in_list`` the characters that stand in its list."""
    declared = capture.declared.kind.lower() if capture.declared else ""
    if declared in BY_EXPORT and capture.status < 400:
        return BY_EXPORT[declared]
    if capture.status >= 400 or _is_missing(title, body):
        return ItemKind.ERROR
    parts = urlsplit(capture.address)
    path = unquote(parts.path)
    if _is_list(path, parts.query, said, entries, in_list, len(body)):
        return ItemKind.LIST
    if is_event(title, path) or any(each.extractor == "event-data" for each in said):
        return ItemKind.EVENT
    if _PUBLICATION_PATH.search(path):
        return ItemKind.PUBLICATION
    dated = any(
        each.extractor in ("date-line", "json-ld", "declared") and "beside" not in each.note for each in said
    )
    if _STANDING_PATH.search(path) and not _STORY_PATH.search(path) and not dated:
        return ItemKind.BACKGROUND
    if _FRONT.fullmatch(path or "/") and not parts.query:
        return ItemKind.LIST if len(entries) >= 3 or len(body) < LONG else ItemKind.BACKGROUND
    return ItemKind.STORY


def is_event(title: str, path: str) -> bool:
    """Whether a title calls itself that of an event ("Event: …"), or an address does."""
    return bool(_EVENT.match(title) or _EVENT_PATH.search(path))


def is_for_publications(address: str) -> bool:
    """Whether an address is that of a page of reports or newsletters."""
    return bool(_PUBLICATION_PATH.search(unquote(urlsplit(address).path)))


def without_label(title: str) -> str:
    """The title of an event without the word that says that it is one."""
    return _EVENT.sub("", title).strip() or title


def _is_missing(title: str, body: str) -> bool:
    """An error page that the server sent as a good one: it says so in its title, or says little else."""
    if len(body) > SHORT:
        return False
    parts = [part.strip(" .!¡") for part in _SEPARATOR.split(fold(title))]
    if any(_SAYS_NO_MORE.fullmatch(part) or _SAYS_SO.search(part) for part in parts):
        return True
    return len(body) < LITTLE and bool(_SAYS_SO.search(fold(body)))


def _is_list(
    path: str, query: str, said: list[Said], entries: tuple[Entry, ...], in_list: int, body: int
) -> bool:
    if len(entries) < 3:
        return False
    dated = sum(bool(entry.date_line) for entry in entries)
    by_address = bool(_LIST_PATH.search(path)) or bool(_LIST_QUERY.search(query))
    if by_address and (dated >= 2 or in_list > body / 3):
        return True
    is_article = any(
        each.extractor in ("json-ld", "meta") and not each.note.startswith("plain") for each in said
    )
    return not is_article and dated >= 3 and dated >= len(entries) / 2 and in_list > 0.6 * max(body, 1)
