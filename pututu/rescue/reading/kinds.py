"""What kind of thing is a page: a story, an event, a standing page, a publication, a list, an error?"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from pututu.lib.text import fold
from pututu.rescue.capture import Capture
from pututu.rescue.daysaid import line_said
from pututu.rescue.item import ItemKind
from pututu.rescue.reading.failing import PARAGRAPH, SEPARATOR, is_failure
from pututu.rescue.reading.record import Entry, Said

BY_EXPORT = {
    "post": ItemKind.STORY, "story": ItemKind.STORY, "article": ItemKind.STORY, "news": ItemKind.STORY,
    "page": ItemKind.BACKGROUND, "background": ItemKind.BACKGROUND, "attachment": ItemKind.ASSET,
    "event": ItemKind.EVENT, "publication": ItemKind.PUBLICATION, "report": ItemKind.PUBLICATION, "list": ItemKind.LIST,
}  # fmt: skip
_EVENT = re.compile(r"^(?:event|evento)s?\s*:", re.I)
# A folder or a whole name, with its number perhaps: "a-new-agenda.html" and "who-reports-on-it.html" are stories'.
_EVENT_PATH = re.compile(
    r"(?:^|/)(?:events?|eventos?|agenda|calendar|calendario|diary)(?:[_-]?(?:details?|item|view|page|detalle|ver))?"
    r"(?:[_-]?\d[\d_-]*)?(?:[/.]|$)",
    re.I,
)
_PUBLICATION_PATH = re.compile(
    r"(?:^|/)(?:publications?|publicacion(?:es)?|reports?|informes?|boletin(?:es)?|newsletters?)(?:[_-]?\d[\d_-]*)?(?:[/.]|$)",
    re.I,
)
_STANDING_TITLE = re.compile(
    r"about(?: us| this (?:web ?)?site)?|who we are|what we do|quienes somos|(?:sobre )?nosotros|que hacemos"
    r"|contact(?: us| details)?|contacto|contactenos|contactanos"
)
_MAYBE_STANDING_TITLE = re.compile(
    r"about [\w ]{3,40}|(?:our )?(?:aims|mission|history|objectives|work|team|committee|patrons|trustees)"
    r"|aims and objectives|(?:why |how to )?join(?: us| the [\w ]{3,40})?|membership|become a member|donate|support us"
    r"|links|privacy(?: policy)?|disclaimer|legal notice|faqs?"
    r"|(?:nuestra |nuestros )?(?:mision|vision|historia|objetivos)"
    r"|mision y vision|unete|afiliate|hazte soci[oa]|enlaces|aviso legal|por que (?:unirse|afiliarse)[\w ]{0,40}"
)
_DATED_ARCHIVE = re.compile(
    r"/(?:19|20)\d\d(?:/(?:0[1-9]|1[0-2])(?:/\d\d)?)?/?(?:page/\d+/?)?$|_archive\.html$|/search(?:/label/[^/]+)?/?$"
    r"|/(?:category|categoria|tag|tags|author|autor|taxonomy/term|label|topics?)/[^?]+$|/page/\d+/?$",
    re.I,
)
_ARCHIVE_QUERY = re.compile(r"(?:^|&)(?:m=\d{4,8}|(?:cat|tag|author|paged|updated-max|s)=)", re.I)
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
MANY_LEADING = 3
LONG = 1500  # characters on a front page that are more than a greeting


def kind_of(
    capture: Capture,
    title: str,
    body: str,
    entries: tuple[Entry, ...],
    said: list[Said],
    in_list: int,
    leading: int = 0,
    lines: tuple[str, ...] = (),
) -> ItemKind:
    """Say what the page is; ``body`` is its plain text, ``in_list`` the characters that stand in its list.

    ``leading`` is how many headings lead to other pages without a text of the page's own above them, ``lines`` are the
    pieces of its own part that are no links.
    """
    declared = capture.declared.kind.lower() if capture.declared else ""
    if declared in BY_EXPORT and capture.status < 400:
        return BY_EXPORT[declared]
    if capture.status >= 400 or is_failure(title, body, lines):
        return ItemKind.ERROR
    parts = urlsplit(capture.address)
    path = unquote(parts.path)
    is_article = any(
        each.extractor in ("json-ld", "meta") and not each.note.startswith("plain") for each in said
    )
    is_archive = _is_archive(path, parts.query, 0 if is_article else leading)
    told = {entry.standfirst for entry in entries}
    prose = sum(len(line) for line in lines if len(line) >= PARAGRAPH and line not in told)
    whole = max(len(body), in_list + prose)
    if is_archive or _is_list(path, parts.query, is_article, entries, in_list, whole):
        return ItemKind.LIST
    if _EVENT_PATH.search(path) and (line := line_said(title)) and line.value:
        return ItemKind.LIST  # a leaf of a calendar
    if is_event(title, path) or any(each.extractor in ("event-data", "event-text") for each in said):
        return ItemKind.EVENT
    if _PUBLICATION_PATH.search(path):
        return ItemKind.PUBLICATION
    dated = any(
        each.extractor in ("date-line", "json-ld", "declared") and "beside" not in each.note for each in said
    )
    if _is_standing(title, path, parts.query, dated=dated):
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


def _is_standing(title: str, path: str, query: str, *, dated: bool) -> bool:
    """A page about the group itself: so called whenever it was made, or so addressed and without a date."""
    halves = [re.sub(r"[^\w ]+", "", half).strip() for half in SEPARATOR.split(fold(title))]
    if any(_STANDING_TITLE.fullmatch(half) for half in halves):
        return True
    if dated:
        return False
    return (
        bool(_STANDING_PATH.search(path) and not _STORY_PATH.search(path))
        or any(_STANDING_PATH.fullmatch(value) for _name, value in parse_qsl(query))
        or any(_MAYBE_STANDING_TITLE.fullmatch(half) for half in halves)
    )


def _is_archive(path: str, query: str, leading: int) -> bool:
    """Whole posts or their beginnings one below the other: by month, by topic, or at any address."""
    by_address = bool(_DATED_ARCHIVE.search(path) or _ARCHIVE_QUERY.search(query))
    return leading >= MANY_LEADING or (leading > 0 and by_address)


def _is_list(
    path: str, query: str, is_article: bool, entries: tuple[Entry, ...], in_list: int, whole: int
) -> bool:
    if len(entries) < 3:
        return False
    dated = sum(bool(entry.date_line) for entry in entries)
    # "news.php?id=5" is one of the news.
    by_address = bool(_LIST_QUERY.search(query) if query else _LIST_PATH.search(path))
    if by_address and (dated >= 2 or in_list > whole / 3):
        return True
    return not is_article and dated >= 3 and dated >= len(entries) / 2 and in_list > 0.6 * whole
