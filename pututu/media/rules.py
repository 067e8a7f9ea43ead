"""Which uploaded files are refused, and why?

A file is judged by what it is, not by what it calls itself. SVG is refused because it can carry scripts; a PDF is
refused when it runs something, opens something or carries other files.
"""

from __future__ import annotations

import re
from pathlib import PurePath

MEGABYTE = 1024 * 1024
LARGEST_DOCUMENT = 50 * MEGABYTE
ZIP = b"PK\x03\x04"
BEGINNINGS = {".pdf": b"%PDF-", ".docx": ZIP, ".xlsx": ZIP, ".odt": ZIP, ".ods": ZIP, ".epub": ZIP}
TEXT = {".txt", ".csv"}
PDF_RISKS = {
    # Three letters alone are met by chance in the pictures of a large file: a script's text or place follows them.
    rb"/JavaScript|/JS\s{0,4}(?:[(<]|\d{1,10}\s+\d{1,5}\s+R)": "runs a script",
    rb"/Launch": "starts a program",
    rb"/EmbeddedFiles?": "carries other files",
    rb"/RichMedia|/Rendition": "plays embedded media",
    rb"/SubmitForm|/ImportData": "sends data away",
}
PDF_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


class Refused(ValueError):
    """A file that may not be kept; the message says which, why, and what to do."""


def check_document(name: str, content: bytes) -> None:
    """Raise Refused unless ``content`` is what ``name`` says it is and harmless."""
    ending = PurePath(name).suffix.lower()
    if len(content) > LARGEST_DOCUMENT:
        raise Refused(
            f"“{name}” is larger than {LARGEST_DOCUMENT // MEGABYTE} MB. Make it smaller, or part it."
        )
    if ending in BEGINNINGS and not content.lstrip()[:8].startswith(BEGINNINGS[ending]):
        raise Refused(
            f"“{name}” is not a {ending[1:].upper()} file, whatever its name says. Save it anew as {ending}."
        )
    if ending in TEXT and b"\x00" in content[:4096]:
        raise Refused(f"“{name}” is not a text file, whatever its name says.")
    if ending == ".pdf":
        _check_pdf(name, content)


def _check_pdf(name: str, content: bytes) -> None:
    """Look for the names that make a PDF act; names may be spelt with hexadecimal escapes (ISO 32000-1, 7.3.5)."""
    plain = PDF_NAME_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), content)
    for pattern, what in PDF_RISKS.items():
        if re.search(pattern, plain):
            raise Refused(f"“{name}” {what} when it is opened. Print it to a new PDF and upload that one.")
