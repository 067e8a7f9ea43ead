"""Which items and captures of an old site do the tests bring across?"""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from pututu.lib.dates import from_words
from pututu.rescue.addresses import absolute
from pututu.rescue.bringing.keeping import keep
from pututu.rescue.capture import Capture
from pututu.rescue.item import Basis, ItemKind, OldItem, Quote

SITE = "http://www.old.example/"


def make_item(name: str = "law-on-springs.html", **fields: Any) -> OldItem:
    said = {
        "kind": ItemKind.STORY,
        "title": "A law on springs",
        "standfirst": "The council has passed a law.",
        "body": "<p>It protects springs.</p>",
        "language": "en",
        "published": from_words("16 December 2013"),
        "basis": Basis.STATED,
        "confidence": 0.98,
        "reason": "The date line under the title says so.",
        "evidence": (Quote("16 December 2013", f"{SITE}{name}, line 12"),),
        **fields,
    }
    return OldItem(address=absolute(name, SITE), **said)


def make_capture(name: str, content: bytes = b"", media_type: str = "text/html", **fields: Any) -> Capture:
    return Capture(
        address=absolute(name, SITE), content=content, media_type=media_type, source=name, **fields
    )


def keep_captures(*captures: Capture) -> None:
    assert len(list(keep(captures))) == len(captures)


def a_picture(colour: str = "red") -> bytes:
    file = io.BytesIO()
    Image.effect_noise((60, 40), 90).convert("RGB").save(file, "PNG")
    return file.getvalue()
