"""How does the text of an old list page come in, as somebody scraped it into a file?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pututu.rescue.capture import Capture, Found, Unreadable
from pututu.rescue.errors import UnreadableCapture
from pututu.rescue.reading.listpages import list_page
from pututu.rescue.sources.folder import address_of
from pututu.rescue.sources.media import LARGEST


def read_text(path: Path, *, site: str = "", encoding: str = "") -> Iterator[Found]:
    """Give the page, and each entry of it that is refused with its line; only that it is unreadable, where it is.

    ``encoding`` is what its bytes mean where they are no UTF-8.
    """
    try:
        if path.stat().st_size > LARGEST:
            yield Unreadable(path.name, f"It has more than {LARGEST >> 20} MB.", "Give it in pieces.")
            return
        capture = Capture(
            address=address_of(path.name, site),
            content=path.read_bytes(),
            media_type="text/plain",
            source=path.name,
            headers={"content-type": f"text/plain; charset={encoding}"} if encoding else {},
        )
        refusals = list_page(capture).refusals
    except UnreadableCapture as fault:
        yield Unreadable(
            f"{path.name}, line {fault.line}" if fault.line else path.name, fault.fault, fault.remedy
        )
    except OSError as error:
        yield Unreadable(path.name, f"It can't be read ({error.strerror}).", "Look at the file's rights.")
    else:
        yield from (
            Unreadable(f"{path.name}, line {each.line}", f"{_named(each.title)}{each.reason}")
            for each in refusals
        )
        yield capture


def _named(title: str) -> str:
    return f"“{title}”: " if title else ""
