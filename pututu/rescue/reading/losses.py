"""What of a page was not read, so that nobody takes what is left for the whole?"""

from __future__ import annotations

import re

from pututu.rescue.capture import Capture
from pututu.rescue.item import ItemKind
from pututu.rescue.reading.chunks import HUGE
from pututu.rescue.reading.decoding import decode_page
from pututu.rescue.reading.record import Reading

DEEPEST = 250  # elements within each other; of more the parser lets the rest go
FEW_WORDS = 1000  # characters of text on a page that may have lost some
MANY_TAGS = 2 * DEEPEST
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_ALONE = {
    b"br",
    b"img",
    b"hr",
    b"meta",
    b"link",
    b"input",
    b"p",
    b"li",
    b"td",
    b"tr",
    b"th",
    b"option",
    b"area",
}


def loss_of(capture: Capture, reading: Reading) -> str:
    """A sentence about what is lost of a page; "" where nothing is."""
    if reading.kind in (ItemKind.ASSET, ItemKind.ERROR) or reading.leads_to:
        return ""
    if len(capture.content) > HUGE and len(decode_page(capture.content)) > HUGE:
        return f"Only its first {HUGE // 1_000_000} million characters are read."
    if capture.content.count(b"<") < MANY_TAGS or sum(map(len, reading.blocks)) > FEW_WORDS:
        return ""
    if depth_of(capture.content) > DEEPEST:
        return "Its elements are nested too deep: what stands within them is not read."
    return ""


def depth_of(content: bytes) -> int:
    """How many elements stand within each other at most; those that need no end are not counted."""
    depth = deepest = 0
    for found in _TAG.finditer(content):
        if found[2].lower() in _ALONE:
            continue
        depth += -1 if found[1] else 1
        deepest, depth = max(deepest, depth), max(depth, 0)
    return deepest
