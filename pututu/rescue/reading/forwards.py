"""Is a page nothing but a way to another one: a refresh, a script, a frame around it, or "this page has moved"?

Old sites did with such stubs what a server does with an answer of 301. What stands in them is nobody's story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from pututu.lib.text import fold
from pututu.rescue.addresses import absolute
from pututu.rescue.reading.chunks import lineage, squeezed

MUCH = 400  # characters of text that nobody puts on a page that only leads on
LITTLE = 120
SOON = 30  # seconds; who is left to read for longer is shown a page that looks again
HIDDEN = {
    "script",
    "style",
    "title",
    "noscript",
    "noframes",
    "template",
    "select",
    "option",
    "textarea",
    "iframe",
}
_REFRESH = re.compile(r"\s*(?P<seconds>\d*)[\d.]*\s*[;,\s]\s*(?:url\s*=\s*)?(?P<target>.*)", re.I | re.S)
_BY_SCRIPT = re.compile(
    r"(?<![\w.])(?:(?:window|document|self|top|parent)\s*\.\s*)?location"
    r"(?:\s*\.\s*href)?\s*(?:=(?!=)|\.\s*(?:replace|assign)\s*\()\s*(?P<mark>['\"])(?P<target>[^'\"\n]+)(?P=mark)",
    re.I,
)
_DEPENDS = re.compile(r"\bif\b|\?[^'\"]*:|\bswitch\b")
_AT_ONCE = re.compile(r"settimeout|onload|\(\s*\)\s*;?\s*$", re.I)
_MOVED = re.compile(
    r"\b(?:(?:page|site|website|document|article|story|content) (?:has|have|was|is) (?:now )?(?:been )?"
    r"(?:moved|relocated|transferred)|object moved|moved (?:permanently|temporarily|here|to)|(?:has|have) moved"
    r"|new (?:address|location)|(?:you (?:are being|will be)|being) redirected|redirecting"
    r"|(?:se ha|ha sido|fue|se) (?:mudado|movido|movida|trasladado|trasladada|mudo|traslado)"
    r"|ha cambiado de (?:direccion|lugar|sitio)|nueva direccion"
    r"|(?:sera|siendo) (?:redirigido|redirigida|redireccionado)"
    r"|mudou(?:-se)? (?:para|de)|novo endereco|a (?:ete deplacee?|demenage)|nouvelle adresse|redirection)\b"
)
_MAIN = re.compile(
    r"main|content|body|text|principal|contenido|centro|cuerpo|inhalt|haupt|right|derech", re.I
)


def onward_from(tree: Any, address: str) -> str | None:
    """Where a page sends whoever asks for it: an address, "" where it leads to none, None where it is a page."""
    if (parent := _of_a_picture(tree, address)) is not None:
        return parent
    text = _shown(tree)
    if len(text) > MUCH:
        return None
    for found in (_refreshed(tree), *_by_script(tree, text), _framed(tree, text, address)):
        if found is None:
            continue
        onward = absolute(found, address).split("#")[0]
        if onward == address and text:
            return None  # it looks again by itself
        if onward or len(text) <= LITTLE:
            return onward
    return _moved(tree, text, address)


_OF_A_PICTURE = {"attachment", "entry-attachment"}
NEAR = 5  # elements around a picture that may say what page it is


def _of_a_picture(tree: Any, address: str) -> str | None:
    """WordPress gives each picture of a post a page of its own below the post's: it leads there."""
    if len([each for each in urlsplit(address).path.split("/") if each]) < 2:
        return None
    if not any(map(_is_all_of_a_page, tree.iter("img"))):
        return None
    if any(len(squeezed(each.text_content())) > LITTLE for each in tree.iter("p")):
        return None
    return urljoin(address.split("?")[0].rstrip("/"), ".")


def _is_all_of_a_page(picture: Any) -> bool:
    around = islice(lineage(picture), 1, NEAR)
    return any(not _OF_A_PICTURE.isdisjoint((each.get("class") or "").split()) for each in around)


def _shown(tree: Any) -> str:
    """The words that a page shows, wherever they stand; of a long page only as many as tell that it is one."""
    found, length = [], 0
    for element in tree.iter():
        holder = element.getparent()
        inner = "" if element.tag in HIDDEN else element.text
        after = "" if holder is None or holder.tag in HIDDEN else element.tail
        for words in (inner, after):
            if words and words.strip():
                found.append(squeezed(words))
                length += len(found[-1])
        if length > MUCH:
            break
    return " ".join(found)


def frames_of(tree: Any, address: str) -> tuple[str, ...]:
    """The addresses of what stands in frames: they belong to the site as links do."""
    found = (absolute(frame.get("src") or "", address) for frame in tree.iter("frame", "iframe"))
    return tuple(each.split("#")[0] for each in found if each)


def _refreshed(tree: Any) -> str | None:
    for meta in tree.iter("meta"):
        said = _REFRESH.fullmatch(meta.get("content") or "")
        if (meta.get("http-equiv") or "").strip().lower() == "refresh" and said and said["target"].strip():
            return _unquoted(said["target"]) if int(said["seconds"] or 0) <= SOON else None
    return None


def _unquoted(target: str) -> str:
    target = target.strip()
    return target[1:].split(target[0])[0] if target[:1] in ("'", '"') else target


def _by_script(tree: Any, text: str) -> Iterator[str]:
    """What a script leads to at once and in any case, on a page with hardly a word."""
    if len(text) > LITTLE:
        return
    called = [body.get("onload") or "" for body in tree.iter("body")]
    for script in (*called, *(each.text_content() for each in tree.iter("script"))):
        found = _BY_SCRIPT.search(script)
        if not found or _DEPENDS.search(script[: found.start()]):
            continue
        is_later = "function" in script[: found.start()] or "=>" in script[: found.start()]
        if not is_later or any(called) or _AT_ONCE.search(script):
            yield unescape(found["target"])


def _framed(tree: Any, text: str, address: str) -> str | None:
    """The frame that holds the page itself; other sites' frames (a film, a map) are no page of this one."""
    without = " ".join(re.sub(r"<[^>]*>", " ", each.text_content()) for each in tree.iter("noframes"))
    frames = [frame for frame in tree.iter("frame") if (frame.get("src") or "").strip()]
    if frames and len(squeezed(without)) <= MUCH:
        return _widest(frames)
    inner = [frame for frame in tree.iter("iframe") if (frame.get("src") or "").strip()]
    if len(inner) == 1 and len(text) <= LITTLE and _is_same_site(inner[0].get("src"), address):
        return str(inner[0].get("src"))
    return None


def _is_same_site(link: str, address: str) -> bool:
    try:
        hosts = [
            (urlsplit(each).hostname or "").removeprefix("www.")
            for each in (absolute(link, address), address)
        ]
    except ValueError:
        return False
    return hosts[0] == hosts[1]


def _widest(frames: list[Any]) -> str:
    """The frame that is called the main one, else the one with the most room, else the last."""
    named = (each for each in frames if _MAIN.search(f"{each.get('name') or ''} {each.get('id') or ''}"))
    best = next(named, None)
    return str((best if best is not None else max(enumerate(frames), key=_room)[1]).get("src"))


def _room(numbered: tuple[int, Any]) -> tuple[float, int]:
    number, frame = numbered
    holder = frame.getparent()
    shares = (holder.get("cols") or holder.get("rows") or "").split(",")
    place = [each for each in holder if each.tag in ("frame", "frameset")].index(frame)
    return (_share(shares[place]) if place < len(shares) else 0.0), number


def _share(said: str) -> float:
    """How much of the window "80%", "*" or "150" is; what takes the rest takes most."""
    number = re.match(r"\d{1,6}", said.strip())
    return 0.6 if not number else int(number[0]) / (100 if "%" in said else 1000)


def _moved(tree: Any, text: str, address: str) -> str | None:
    """The one address that a page names which says that it moved."""
    if not _MOVED.search(fold(text)):
        return None
    targets = set(_targets(tree.iter("a"), address)) - {address}
    return targets.pop() if len(targets) == 1 else None


def _targets(links: Iterable[Any], address: str) -> Iterator[str]:
    for link in links:
        onward = absolute(link.get("href") or "", address).split("#")[0]
        if onward:
            yield onward
