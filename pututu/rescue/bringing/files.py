"""How do the pictures and documents of the old site become the group's, with the rights that its library asks for?

Each goes through the library's own form, so that what may not be kept is refused here too. Nobody knows who made them:
the credit says from where they came, and the licence stays empty (all rights reserved).
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL.Image import DecompressionBombError
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from pututu.lib.text import shorten
from pututu.media.models import DocumentFile, Picture
from pututu.rescue.addresses import PICTURE, canonical
from pututu.rescue.bringing.keeping import original, row_of
from pututu.rescue.item import Attachment
from pututu.rescue.models import OldAddress

ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp"}
LEAST_PICTURE = 600  # bytes: what is smaller draws a line or counts readers


def find_picture(shown: Attachment) -> Picture | None:
    """The group's copy of a picture of the old site, made the first time; None where there is no file to be kept."""
    row = _row(shown.address)
    if row is None or row.picture_id or not row.media_type.startswith("image/"):
        return row.picture if row else None
    twin = OldAddress.objects.filter(sha256=row.sha256, picture__isnull=False).first()
    picture = _settle(row, picture=twin.picture if twin else _make(row, shown, Picture))
    asked = canonical(shown.address)
    if picture and asked.key != row.key:  # only another size of it is there
        _settle(OldAddress.objects.filter(key=asked.key).first() or row_of(asked, row.seen), picture=picture)
    return picture


def find_document(linked: Attachment) -> DocumentFile | None:
    """The group's copy of a document of the old site, made the first time; None where there is none."""
    row = _row(linked.address)
    if row is None or row.document_id or row.media_type.startswith(("image/", "text/html")):
        return row.document if row else None
    twin = OldAddress.objects.filter(sha256=row.sha256, document__isnull=False).first()
    return _settle(row, document=twin.document if twin else _make(row, linked, DocumentFile))


def _row(address: str) -> OldAddress | None:
    """What is known of a file; of a picture that is not there in this size, of its largest one."""
    known = OldAddress.objects.select_related("picture", "document").exclude(sha256="")
    asked = canonical(address)
    found = known.filter(key=asked.key).first()
    picture = PICTURE.fullmatch(asked.path)
    if found or not picture:
        return found
    stem, ending = picture["stem"], picture["ending"]
    sizes = known.filter(host=asked.host, path__startswith=stem, path__endswith=ending)[:200]
    own = [row for row in sizes if (size := PICTURE.fullmatch(row.path)) and size["stem"] == stem]
    return max(own, key=lambda row: _width(row.path), default=None)


def _width(path: str) -> int:
    """How wide a picture is by its name; the whole one is widest."""
    said = re.search(r"-(\d{1,5})x\d{1,5}\.\w+$", path)
    return int(said[1]) if said else 100_000


def _settle(row: OldAddress, **made: Any) -> Any:
    """Let the old address of a file lead to the group's copy, or say why there is none."""
    (name, file), *_rest = made.items()
    if file is None:
        return None
    setattr(row, name, file)
    row.outcome, row.reason = OldAddress.Outcome.REDIRECT, "The file is in the library now."
    row.save()
    return file


def _make(row: OldAddress, said: Attachment, kind: type[Picture] | type[DocumentFile]) -> Any:
    content = original(row.sha256)
    if not content or (kind is Picture and len(content) < LEAST_PICTURE):
        return None
    maker = get_image_form(Picture) if kind is Picture else get_document_form(DocumentFile)
    file = SimpleUploadedFile(_name(row), content, row.media_type)
    form = maker({**_words(row, said), "collection": Collection.get_first_root_node().pk}, {"file": file})
    told = _refused(form)
    if told:
        row.reason = f"The library refuses the file: {told}"[:300]
        row.save(update_fields=["reason"])
        return None
    _take_leavings(kind, form.cleaned_data["file"])
    with transaction.atomic():
        return form.save()


def _refused(form: Any) -> str:
    """Why the library does not take a file, "" where it does; what only begins as a picture ends its readers."""
    try:
        form.full_clean()
    except (OSError, ValueError, SyntaxError, DecompressionBombError):
        return "it is damaged, or no such file."
    return "; ".join(str(each) for errors in form.errors.values() for each in errors)


def _take_leavings(kind: type[Picture] | type[DocumentFile], file: Any) -> None:
    """Take away what a killed run, or a full disk, left of this very file: no row names it."""
    field: Any = kind._meta.get_field("file")
    name = field.generate_filename(kind(), file.name)
    if not field.storage.exists(name) or kind._default_manager.filter(file=name).exists():
        return
    file.seek(0)
    whole = file.read()
    file.seek(0)
    with field.storage.open(name) as left:
        is_ours = whole.startswith(left.read())
    if is_ours:
        field.storage.delete(name)


def _words(row: OldAddress, said: Attachment) -> dict[str, str]:
    name = PurePosixPath(unquote(urlsplit(row.path).path)).stem.replace("-", " ").replace("_", " ").strip()
    about = said.alt or said.caption or name or _("A picture of the old site")
    source = f"http://{row.host}{row.path}"
    return {
        "title": shorten(said.caption or said.alt or name or row.path, 120),
        "description": shorten(about, 250),
        "caption": shorten(said.caption, 290) if said.caption else "",
        "credit": _("Old site of the group; maker not known"),
        "source_url": source if row.host and len(source) <= 500 else "",
    }


def _name(row: OldAddress) -> str:
    """A plain file name that ends as the bytes do, whatever the old one was."""
    path = PurePosixPath(unquote(urlsplit(row.path).path))
    stem = re.sub(r"[^A-Za-z0-9]+", "-", path.stem).strip("-")[:60] or "file"
    ending = ENDINGS.get(row.media_type) or (".pdf" if row.media_type == "application/pdf" else path.suffix)
    return f"{stem}{ending.lower()}"
