"""When are two old addresses one, and how is one found again when a reader asks for it?

``http://www.example.org/news/?b=2&a=1#top`` and ``https://example.org/news?a=1&b=2`` are one address. Its ``path``
is what the new site is asked for, whatever name the old one had; by its ``key`` an item is known for good.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from pututu.lib.text import fold

FOLLOWS_READERS = re.compile(
    r"utm_\w+|fbclid|gclid|mc_[ce]id|phpsessid|jsessionid|sid|replytocom|share", re.IGNORECASE
)
FRONT_FILES = re.compile(r"/(?:index|default)\.(?:html?|php\d?|aspx?)$", re.IGNORECASE)
SESSION_IN_PATH = re.compile(r";jsessionid=[^/?]*", re.IGNORECASE)
PICTURE = re.compile(
    r"(?P<stem>/.*?)(?P<size>-\d{1,5}x\d{1,5}|-scaled)?(?P<ending>\.(?:jpe?g|png|gif|webp))", re.IGNORECASE
)
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Canonical:
    """An address in the one form that all its spellings share; ``host`` is "" where it is not known."""

    host: str
    path: str

    @property
    def key(self) -> str:
        return digest_of(self.host + self.path)

    @property
    def path_key(self) -> str:
        return digest_of(self.path)


def digest_of(text: str) -> str:
    """A short name for a text of any length: 32 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


@lru_cache(maxsize=4096)  # of one page each step asks for it
def canonical(address: str) -> Canonical:
    """Fold scheme, "www.", usual ports, fragment, order of the query and what only follows readers."""
    try:
        parts = urlsplit(address.strip()[:LONGEST])
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
        port = parts.port
    except ValueError:
        return Canonical("", "/" + quote(address.strip()[:LONGEST], safe="/"))
    if port and port not in (80, 443):
        host = f"{host}:{port}"
    return Canonical(host, _path(parts.path) + _query(parts.query))


def item_key(address: str) -> str:
    """By which an item is known: its address, and the place in the page where it stands on a page with others."""
    page, _mark, place = address.partition("#")
    found = canonical(page)
    return digest_of(f"{found.host}{found.path}#{place}") if place else found.key


def own_addresses(addresses: Iterable[str]) -> list[Canonical]:
    """The addresses that readers can ask for, each once: a place within a page is none."""
    return list(dict.fromkeys(canonical(address) for address in addresses if "#" not in address))


def _path(path: str) -> str:
    plain = unquote(SESSION_IN_PATH.sub("", path), errors="replace")
    plain = re.sub(r"/{2,}", "/", FRONT_FILES.sub("/", plain)).rstrip("/")
    return quote("/" + plain.lstrip("/"), safe="/~:@!$&'()*+,;=-._")


def _query(query: str) -> str:
    pairs = parse_qsl(query.replace("&amp;", "&"), keep_blank_values=True)
    kept = sorted((name, said) for name, said in pairs if not FOLLOWS_READERS.fullmatch(name))
    if not pairs and query:
        return "?" + quote(query, safe="~:@!$'()*+,;-._/")
    return "?" + urlencode(kept) if kept else ""


def absolute(link: str, on: str) -> str:
    """The address that a link on the page ``on`` leads to; "" for mail, scripts and what is no address."""
    try:
        found = urljoin(on, link.strip())
        scheme = urlsplit(found).scheme
    except ValueError:
        return ""
    return found if scheme in ("http", "https") or (not scheme and found.startswith("/")) else ""


def other_sizes(path: str) -> list[str]:
    """Where WordPress may keep the picture of which ``path`` is a size ("dam-300x200.jpg" of "dam.jpg"); best first."""
    found = PICTURE.fullmatch(path)
    if not found:
        return []
    wishes = [f"{found['stem']}{found['ending']}", f"{found['stem']}-scaled{found['ending']}"]
    return [wish for wish in wishes if wish != path]


def slug_of(address: str, title: str = "") -> str:
    """The last word of an address where it says something ("a-law-on-springs"), else the title's words."""
    page, _mark, place = address.partition("#")
    from_address = plain_slug(unquote(urlsplit(page).path).rstrip("/").rpartition("/")[2])
    is_telling = not place and not urlsplit(page).query and len(re.findall(r"[a-z]{3,}", from_address)) > 1
    return (from_address if is_telling else "") or plain_slug(title) or from_address or "page"


def plain_slug(text: str, *, longest: int = 80) -> str:
    """Small letters, digits and hyphens; marks that are not seen part no word."""
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    plain = re.sub(r"\.(?:html?|php\d?|aspx?|jsp|pdf)$", "", seen, flags=re.IGNORECASE)
    return re.sub(r"[^a-z0-9]+", "-", fold(plain)).strip("-")[:longest].strip("-")
