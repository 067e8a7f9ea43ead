"""What does a picture say of itself that readers shall not know?

A photograph carries the place, the time and the camera. Whoever was photographed, or took it, may be at risk: only what
is needed to show it stays.
"""

from __future__ import annotations

import io

from PIL import Image, ImageOps

KEPT = ("icc_profile", "transparency")
QUALITY = {"JPEG": {"quality": 92}, "WEBP": {"quality": 92}, "AVIF": {"quality": 85}}


def without_metadata(content: bytes) -> bytes:
    """Return the picture upright and without EXIF, XMP, IPTC and comments; one that carries none comes back as it is.

    An animation comes back as it is, because its frames would be lost. Raises OSError for what is no picture.
    """
    with Image.open(io.BytesIO(content)) as picture:
        kind = picture.format or "PNG"
        if getattr(picture, "n_frames", 1) > 1 or not says_too_much(picture):
            return content
        options = {name: picture.info[name] for name in KEPT if name in picture.info} | QUALITY.get(kind, {})
        bare = ImageOps.exif_transpose(picture).copy()
        bare.info = {}
        kept = io.BytesIO()
        bare.save(kept, kind, exif=b"", **options)
        return kept.getvalue()


def says_too_much(picture: Image.Image) -> bool:
    return bool(picture.getexif()) or any(
        name in picture.info for name in ("xmp", "photoshop", "comment", "XML:com.adobe.xmp")
    )
