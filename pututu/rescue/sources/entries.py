"""How is a long XML file read entry by entry, with no way in for entities, and through its damages?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from pututu.rescue.capture import Unreadable

FAULTS_AT_MOST = 20


def entries_of(file: IO[bytes], tags: tuple[str, ...], name: str) -> Iterator[Any]:
    """Give each finished element whose local name is among ``tags``, then forget it; at the end what was damaged.

    No entity of a document type is resolved and nothing is fetched. A damaged place is passed by where the parser can.
    """
    options: dict[str, Any] = {
        "recover": True,
        "resolve_entities": False,
        "no_network": True,
        "load_dtd": False,
    }
    parser = etree.iterparse(file, events=("end",), **options)
    try:
        for _event, element in parser:
            if local_name(element) in tags:
                yield element
                _forget(element)
    except etree.XMLSyntaxError as error:
        yield Unreadable(name, f"The XML can't be read further ({error.msg}).", "Export it again.")
        return
    for fault in list(parser.error_log)[:FAULTS_AT_MOST]:
        if fault.level >= etree.ErrorLevels.ERROR:
            yield Unreadable(
                f"{name}, line {fault.line}", f"The XML is damaged ({fault.message.strip()}).", ""
            )


def _forget(element: Any) -> None:
    """Empty an element and drop those before it: memory does not grow with the file."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def local_name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def namespace(element: Any) -> str:
    return etree.QName(element).namespace or "" if isinstance(element.tag, str) else ""


def text_of(element: Any) -> str:
    """All text in an element, trimmed; "" for none."""
    return "".join(element.itertext()).strip() if element is not None else ""
