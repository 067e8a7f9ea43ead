"""What can be read from the PDF of a publication, and where is it kept?"""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from typing import Any

import pypdfium2
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from pututu.lib.text import running_text
from pututu.media.models import DocumentFile, Picture
from pututu.pages.signals import content_changed
from pututu.publishing.models import PublicationPage

logger = logging.getLogger(__name__)

COVER_WIDTH = 1200
MOST_TEXT = 2_000_000
MOST_PAGES = 2_000


class UnreadablePdf(Exception):
    """The file is no PDF, is damaged or asks for a password; the message says which, for a person."""


@dataclass(frozen=True)
class PdfReading:
    """A PDF as read: its words, and its first page as a PNG (None where there is nothing to draw)."""

    text: str
    cover: bytes | None
    pages: int


def read_publication(page: PublicationPage) -> str:
    """Keep the words of the page's PDF for search and, where it has no picture, draw its cover.

    Returns a warning for the editor, or "". Calling it again changes nothing.
    """
    if page.document is None:
        return ""
    try:
        reading = read_pdf(bytes_of(page.document))
    except UnreadablePdf as problem:
        logger.warning("%s (publication %s)", problem, page.pk)
        return str(problem)
    changed = [keep_text(page.document, reading.text), keep_cover(page, reading.cover)]
    if any(changed):
        transaction.on_commit(lambda: content_changed.send(sender=type(page), page=page, was="published"))
    return ""


def bytes_of(document: DocumentFile) -> bytes:
    try:
        with document.open_file() as file:
            return bytes(file.read())
    except (OSError, ValueError) as error:
        message = _("The file of “%(title)s” is missing. Upload it again.") % {"title": document.title}
        raise UnreadablePdf(message) from error


def read_pdf(data: bytes) -> PdfReading:
    """Read a PDF from its bytes. Raises UnreadablePdf."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdf(refusal(error)) from error
    try:
        number = len(pdf)
        text = "\n".join(text_of(pdf[at]) for at in range(min(number, MOST_PAGES)))
        return PdfReading(text=text[:MOST_TEXT], cover=draw_cover(pdf[0]) if number else None, pages=number)
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdf(refusal(error)) from error
    finally:
        pdf.close()


def refusal(error: Exception) -> str:
    if "password" in str(error).lower():
        return _("The PDF asks for a password: its text can't be searched and it gets no cover.")
    return _("The PDF can't be read, it may be damaged: its text can't be searched and it gets no cover.")


def text_of(page: Any) -> str:
    textpage = page.get_textpage()
    try:
        return running_text(str(textpage.get_text_bounded()))
    finally:
        textpage.close()


def draw_cover(page: Any) -> bytes:
    width, height = page.get_size()
    image = page.render(scale=COVER_WIDTH / max(width, height / 2, 1)).to_pil().convert("RGB")
    kept = io.BytesIO()
    image.save(kept, format="PNG", optimize=True)
    return kept.getvalue()


def keep_text(document: DocumentFile, text: str) -> bool:
    if document.text == text:
        return False
    document.text = text
    DocumentFile.objects.filter(pk=document.pk).update(text=text)
    return True


def keep_cover(page: PublicationPage, cover: bytes | None) -> bool:
    """Give the page its cover, also in the drafts that have none, so that the next publishing keeps it."""
    if cover is None or page.picture is not None:
        return False
    page.picture = make_cover(page, cover)
    PublicationPage.objects.filter(pk=page.pk).update(picture=page.picture)
    for revision in (page.live_revision, page.latest_revision):
        if revision and not revision.content.get("picture"):
            revision.content["picture"] = page.picture.pk
            revision.save(update_fields=["content"])
    return True


def make_cover(page: PublicationPage, cover: bytes) -> Picture:
    name = f"cover-{slugify(page.title)[:60] or page.pk}.png"
    return Picture.objects.create(
        title=_("Cover of “%(title)s”") % {"title": page.title[:200]},
        description=_("Cover of “%(title)s”") % {"title": page.title[:200]},
        credit=page.document.credit if page.document else "",
        file=ContentFile(cover, name=name),
    )
