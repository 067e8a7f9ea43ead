"""How is a long XML file read entry by entry, with no way in for entities, and through its damages?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from lxml import etree

from pututu.rescue.capture import Unreadable
from pututu.rescue.reading import decoding
from pututu.rescue.sources.cutting import HEAD, Cutter, Head, Part

NEVER_IN_XML = bytes({*range(32)} - {9, 10, 13})
LONG = 8 << 20  # from where on the parser has to be told that this is meant


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its element (None where there is nothing to read), and what was damaged in it, in a sentence or "".

    ``number`` counts the entries of its name from 1.
    """

    element: Any
    tag: str
    number: int
    line: int
    fault: str = ""


def entries_of(file: IO[bytes], tags: tuple[str, ...], name: str) -> Iterator[Entry | Unreadable]:
    """Give each entry whose local name is among ``tags``, parsed for itself; at the end, why the file broke off.

    No entity of a document type is resolved and nothing is fetched. In a damaged entry, what the parser can mend is
    there.
    """
    head = Head.of(file.read(HEAD))
    file.seek(0)
    cutter = Cutter(file, tags)
    numbers = dict.fromkeys(tags, 0)
    for part in cutter.parts():
        numbers[part.tag] += 1
        yield _parsed(part, head, numbers[part.tag])
    if cutter.fault:
        yield Unreadable(name, cutter.fault, "What stands before is read.")


def _parsed(part: Part, head: Head, number: int) -> Entry:
    if not part.content:
        return Entry(None, part.tag, number, part.line, part.fault)
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=len(part.content) > LONG,
        remove_comments=True,
        remove_pis=True,
        encoding=head.encoding or None,
    )
    try:
        root = etree.fromstring(head.around(_readable(part.content, head.encoding)), parser)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        return Entry(None, part.tag, number, part.line, f"Nothing can be read of it ({error}).")
    found = root.iter() if root is not None else ()
    element = next((each for each in found if local_name(each) == part.tag), None)
    fault = part.fault or _fault(parser, head.opened.count(b"\n"), part.line)
    return Entry(element, part.tag, number, part.line, fault)


def _readable(content: bytes, encoding: str) -> bytes:
    """What no XML may hold is left out; in UTF-8, bytes that are none are read as Windows-1252."""
    plain = content.translate(None, NEVER_IN_XML)
    if encoding.lower() in ("", "utf-8", "utf8"):
        text = plain.decode("utf-8", decoding.LENIENT).replace("\ufffe", "").replace("\uffff", "")
        return text.encode()
    return plain


def _fault(parser: Any, above: int, line: int) -> str:
    """The first damage of the entry. That the tags above it stay open is none, nor a prefix that nobody declared."""
    for fault in parser.error_log:
        is_named = fault.type_name == "ERR_TAG_NOT_FINISHED" or fault.domain_name == "NAMESPACE"
        if fault.level >= etree.ErrorLevels.ERROR and not is_named:
            at = line + max(fault.line - 1 - above, 0)
            return (
                f"Its XML is damaged in line {at} ({fault.message.strip()}); what can be read of it is read."
            )
    return ""


def local_name(element: Any) -> str:
    """The name without namespace or prefix, of a prefix that nobody declared too."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def namespace(element: Any) -> str:
    is_named = isinstance(element.tag, str) and element.tag.startswith("{")
    return element.tag[1:].partition("}")[0] if is_named else ""


def text_of(element: Any) -> str:
    """All text in an element, trimmed; "" for none."""
    return "".join(element.itertext()).strip() if element is not None else ""
