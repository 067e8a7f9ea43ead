"""A small picture, where a test needs one."""

from __future__ import annotations

import io

from django.core.files.base import ContentFile
from PIL import Image

from pututu.media.models import Picture


def make_picture(
    title: str = "Terraces", *, width: int = 60, height: int = 40, form: str = "JPEG"
) -> Picture:
    """A plain picture of the size asked for, with words and credit."""
    kept = io.BytesIO()
    Image.new("RGB", (width, height), (120, 100, 80)).save(kept, form)
    return Picture.objects.create(
        title=title,
        description="Terraces on a slope.",
        credit="Drawing: the group",
        file=ContentFile(kept.getvalue(), name=f"{title}.{form.lower()}"),
    )
