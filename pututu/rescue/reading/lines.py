"""Which lines does a capture have, and what stands on each: nothing, a bullet, running text?"""

import codecs
import re
from dataclasses import dataclass

from pututu.rescue.errors import UnreadableCapture

MEANT = {"utf-8": "utf-8-sig", "iso8859-1": "cp1252"}
"""What browsers read where a page names these: https://encoding.spec.whatwg.org/#names-and-labels"""

_BULLET = re.compile(r"[•◦▪‣·*●○■□∙](?:\s+|$)|[-–+]\s+")
_NUMBER_OF_LINK = re.compile(r"\[\d{1,4}\](?=\w)")  # before each link, as lynx writes it
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Line:
    """One line of a capture: its number from 1, its indentation, its text without bullet and margins."""

    number: int
    indent: int
    is_bullet: bool
    text: str

    @property
    def is_damaged(self) -> bool:
        """It holds control characters, which no page prints."""
        return _CONTROL.search(self.text) is not None

    @property
    def is_blank(self) -> bool:
        return not self.text and not self.is_bullet


def decode(data: bytes, *, name: str, encoding: str = "utf-8") -> str:
    """Give the text of a capture; ``encoding`` is a Python codec name; a byte order mark is passed over.

    Raises UnreadableCapture for an empty capture, for one that is no text, and for bytes of another encoding.
    """
    if not data.strip():
        raise UnreadableCapture(name, "The file is empty.", "Save the page's text again and give that file.")
    try:
        text = data.decode(MEANT.get(codecs.lookup(encoding).name, encoding))
    except LookupError:
        fault = f"No encoding is called “{encoding}”."
        raise UnreadableCapture(name, fault, "Name another, such as “cp1252”.") from None
    except UnicodeDecodeError as error:
        raise _misread(data, error, name=name, encoding=encoding) from None
    if "\x00" in text:
        raise binary(name)
    return text


def _misread(data: bytes, error: UnicodeDecodeError, *, name: str, encoding: str) -> UnreadableCapture:
    if b"\x00" in data:
        return binary(name)
    return UnreadableCapture(
        name,
        f"The byte 0x{data[error.start]:02X} is not {encoding}.",
        "Say which encoding the file has (often “cp1252”) or save it as UTF-8.",
        line=data.count(b"\n", 0, error.start) + 1,
    )


def binary(name: str) -> UnreadableCapture:
    return UnreadableCapture(
        name, "This is binary data and no text.", "Save the page as plain text in UTF-8."
    )


def split_lines(text: str) -> list[Line]:
    """Give the lines of ``text``; tabs count to the next multiple of four, no-break spaces as spaces."""
    return [_line(number, raw) for number, raw in enumerate(raw_lines(text), 1)]


def raw_lines(text: str) -> list[str]:
    """The lines as they stand, by the breaks that editors count."""
    return re.split(r"\r\n|\r|\n", text)


def _line(number: int, raw: str) -> Line:
    wide = raw.expandtabs(4)
    bare = wide.lstrip()
    bullet = _BULLET.match(bare)
    text = _NUMBER_OF_LINK.sub("", bare[bullet.end() :] if bullet else bare)
    return Line(number, len(wide) - len(bare), bullet is not None, text.strip())
