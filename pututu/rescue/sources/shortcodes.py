"""Which words in square brackets were meant for WordPress, and what stood in their place?

"[sic]" and "[the minister]" are a writer's own and stay. A shortcode shows itself by attributes, by a closing tag, by
a slash at its end, by an underscore in its name, or by being well known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

Shown = Callable[[str, dict[str, str], str], "str | None"]
"""What a shortcode (its name, attributes, inner text) stood for; None for one that is not known."""

NAME = r"[A-Za-z][\w-]{0,60}"
TAG = re.compile(
    rf"""(?P<escaped>\[)?\[(?P<closing>/)?(?P<name>{NAME})
    (?P<said>(?:[\s\xa0]+(?:[\w-]+\s*=\s*(?:"[^"]{{0,5000}}"|'[^']{{0,5000}}'|[^\s\]"']{{1,2000}})|[^\s\[\]=]{{1,2000}})){{0,60}})
    \s*(?P<single>/)?\](?P<ended>\])?""",
    re.VERBOSE,
)
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s\]]+))|([^\s\]=]+)""")
QUOTES = str.maketrans({"“": '"', "”": '"', "″": '"', "„": '"', "‘": "'", "’": "'", "′": "'"})
KNOWN = {
    "gallery", "playlist", "audio", "video", "embed", "caption", "code", "sourcecode", "contact-form", "contact-form-7",
    "contact-form-field", "gravityform", "ninja_form", "wpforms", "jetpack_subscription_form", "subscribe", "sitemap",
    "products", "cart", "archives", "polldaddy", "googlemaps", "slideshow", "slideshare", "rev_slider", "tweet",
    "instagram", "facebook", "youtube", "vimeo", "soundcloud", "newsletter", "mc4wp_form", "toc", "post-content",
}  # fmt: skip


def replaced(text: str, shown: Shown, *, deepest: int = 8) -> str:
    """Put what each shortcode stood for in its place; of one that is not known its inner text remains."""
    tags = list(TAG.finditer(text)) if "[" in text and deepest else []
    ends: dict[str, list[re.Match[str]]] = {}
    for tag in reversed(tags):
        if tag["closing"]:
            ends.setdefault(tag["name"].lower(), []).append(tag)
    pieces, at = [], 0
    for tag in tags:
        if tag.start() < at:
            continue
        pieces.append(text[at : tag.start()])
        end = _end_of(tag, ends)
        inner = replaced(text[tag.end() : end.start()], shown, deepest=deepest - 1) if end else ""
        pieces.append(_of(tag, inner, shown, has_end=end is not None))
        at = end.end() if end else tag.end()
    return "".join([*pieces, text[at:]])


def _end_of(tag: re.Match[str], ends: dict[str, list[re.Match[str]]]) -> re.Match[str] | None:
    """The next closing tag of its name, as WordPress takes it."""
    if tag["single"] or tag["closing"] or tag["escaped"]:
        return None
    later = ends.get(tag["name"].lower(), [])
    while later and later[-1].start() < tag.end():
        later.pop()
    return later[-1] if later else None


def _of(tag: re.Match[str], inner: str, shown: Shown, *, has_end: bool) -> str:
    name = tag["name"].lower()
    if tag["escaped"]:
        return tag[0][1:-1] if tag["ended"] else tag[0]
    ended = tag["ended"] or ""
    if tag["closing"]:
        return ended
    if name in ("code", "sourcecode") and has_end:
        return f"<pre>{inner}</pre>{ended}"
    if not (has_end or tag["single"] or "=" in tag["said"] or "_" in name or name in KNOWN):
        return tag[0]
    found = shown(name, _attributes(tag["said"]), inner)
    return (inner if found is None else found) + ended


def _attributes(said: str) -> dict[str, str]:
    """Named ones by their names, the others by their place ("0", "1", …)."""
    found: dict[str, str] = {}
    plain = unescape(said.replace("\xa0", " ")).translate(QUOTES)
    for name, *values, alone in ATTRIBUTE.findall(plain):
        if name:
            found[name.lower()] = next((value for value in values if value), "")
        else:
            found[str(sum(key.isdigit() for key in found))] = alone.lstrip("=")
    return found
