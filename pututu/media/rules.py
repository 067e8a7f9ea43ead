"""Which uploaded files are refused, and why?

A file is judged by what it is, not by what it calls itself. SVG is refused because it can carry scripts; a PDF is
refused when it runs something, opens something or carries other files.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from pututu.lib.telling import Told, gettext_noop

MEGABYTE = 1024 * 1024
LARGEST_DOCUMENT = 50 * MEGABYTE
ZIP = b"PK\x03\x04"
BEGINNINGS = {".pdf": b"%PDF-", ".docx": ZIP, ".xlsx": ZIP, ".odt": ZIP, ".ods": ZIP, ".epub": ZIP}
TEXT = {".txt", ".csv"}
PDF_RISKS = {
    # Three letters alone are met by chance in the pictures of a large file: a script's text or place follows them.
    rb"/JavaScript|/JS\s{0,4}(?:[(<]|\d{1,10}\s+\d{1,5}\s+R)": gettext_noop(
        "“%(name)s” runs a script when it is opened."
    ),
    rb"/Launch": gettext_noop("“%(name)s” starts a program when it is opened."),
    rb"/EmbeddedFiles?": gettext_noop("“%(name)s” carries other files."),
    rb"/RichMedia|/Rendition": gettext_noop("“%(name)s” plays embedded media when it is opened."),
    rb"/SubmitForm|/ImportData": gettext_noop("“%(name)s” sends data away when it is opened."),
}
PRINT_IT = gettext_noop("Print it to a new PDF and upload that one.")
PDF_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


class Refused(Told):
    """A file that may not be kept; the message says which, why, and what to do."""

    def __init__(self, *sentences: str, **facts: str) -> None:
        super().__init__(*sentences, code="refused", **facts)


def check_document(name: str, content: bytes) -> None:
    """Raise Refused unless ``content`` is what ``name`` says it is and harmless."""
    ending = PurePath(name).suffix.lower()
    if len(content) > LARGEST_DOCUMENT:
        raise Refused(
            gettext_noop("“%(name)s” is larger than %(most)s MB. Make it smaller, or part it."),
            name=name,
            most=str(LARGEST_DOCUMENT // MEGABYTE),
        )
    if ending in BEGINNINGS and not content.lstrip()[:8].startswith(BEGINNINGS[ending]):
        raise Refused(
            gettext_noop(
                "“%(name)s” is not a %(kind)s file, whatever its name says. Save it anew as %(ending)s."
            ),
            name=name,
            kind=ending[1:].upper(),
            ending=ending,
        )
    if ending in TEXT and b"\x00" in content[:4096]:
        raise Refused(gettext_noop("“%(name)s” is not a text file, whatever its name says."), name=name)
    if ending == ".pdf":
        _check_pdf(name, content)


def _check_pdf(name: str, content: bytes) -> None:
    """Look for the names that make a PDF act; names may be spelt with hexadecimal escapes (ISO 32000-1, 7.3.5)."""
    plain = PDF_NAME_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), content)
    for pattern, what in PDF_RISKS.items():
        if re.search(pattern, plain):
            raise Refused(what, PRINT_IT, name=name)
