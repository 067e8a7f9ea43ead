"""Does a quoted span of evidence stand in the capture at the place that is named?"""

from __future__ import annotations

from pututu.rescue.capture import Capture
from pututu.rescue.item import Quote
from pututu.rescue.reading.chunks import parse, squeezed
from pututu.rescue.reading.decoding import decode_page
from pututu.rescue.reading.lines import raw_lines
from pututu.rescue.reading.page import as_page
from pututu.rescue.reading.pdfs import particulars


def is_found(quote: Quote, capture: Capture) -> bool:
    """Say whether the words of ``quote`` stand in ``capture`` where it says."""
    address, _, place = quote.where.removesuffix(")").rpartition(" (")
    return address == capture.address and quote.text in text_at(capture, place)


def text_at(capture: Capture, place: str) -> str:
    """The text at a place of a capture; "" where there is no such place."""
    kind, _, name = place.partition(" ")
    if kind.startswith("/"):
        return _in_tree(capture, place)
    match kind:
        case "address":
            return capture.address
        case "header":
            return capture.headers.get(name, "")
        case "declared":
            return capture.declared.dates.get(name, "") if capture.declared else ""
        case "retrieved":
            return capture.retrieved.isoformat() if capture.retrieved else ""
        case "pdf":
            return particulars(capture.content).decode("latin-1")
        case "line":
            lines = raw_lines(_text(capture))
            return lines[int(name) - 1] if int(name) <= len(lines) else ""
    return ""


def _text(capture: Capture) -> str:
    return decode_page(capture.content, header=capture.headers.get("content-type", ""))


def _in_tree(capture: Capture, place: str) -> str:
    tree = parse(as_page(_text(capture)))
    path, _, attribute = place.partition("/@")
    found = tree.xpath(path) if tree is not None else []
    if not found:
        return ""
    return squeezed(found[0].get(attribute) or "") if attribute else squeezed(found[0].text_content())
