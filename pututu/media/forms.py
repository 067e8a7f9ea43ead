"""What must hold of a file before it is kept?"""

from __future__ import annotations

from typing import Any

import pypdfium2
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from pututu.media.metadata import without_metadata
from pututu.media.rules import Refused, check_document


class DocumentForm(BaseDocumentForm):
    """Wagtail's form for documents, with a look into the file itself."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            content = file.read()
            file.seek(0)
            try:
                check_document(file.name or "", content)
            except Refused as refusal:
                raise ValidationError(refusal.told(_), code="refused") from refusal
            if content.lstrip().startswith(b"%PDF-"):
                _check_hidden_parts(file.name or "", content)
        return file


class PictureForm(BaseImageForm):
    """Wagtail's form for pictures; what a camera wrote into the file, the place above all, is taken out."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        file.seek(0)
        clean = SimpleUploadedFile(file.name or "", without_metadata(file.read()), file.content_type or "")
        clean.content_type = file.content_type
        clean.image = getattr(file, "image", None)  # type: ignore[attr-defined]  # Wagtail reads it
        return clean


def _check_hidden_parts(name: str, content: bytes) -> None:
    """Ask a PDF reader for scripts and attachments that compression hides from a look at the bytes."""
    try:
        document = pypdfium2.PdfDocument(content)
        acts = pypdfium2.raw.FPDFDoc_GetJavaScriptActionCount(document)
        files = document.count_attachments()
    except pypdfium2.PdfiumError as error:
        message = _("“%(name)s” can't be read as a PDF: it is damaged or needs a password.") % {"name": name}
        raise ValidationError(message, code="refused") from error
    if acts > 0 or files > 0:
        message = _("“%(name)s” carries scripts or other files. Print it to a new PDF and upload that one.")
        raise ValidationError(message % {"name": name}, code="refused")
