"""Which files does a browser choose from to show a picture?

WebP in a few widths, and one JPEG (or PNG) for old browsers. Nothing is ever enlarged. The files are
made when a page is published (``prepare``); a page that is looked at before gets them made on the spot.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from pututu.media.models import Picture

WIDTHS = (480, 960, 1440)
FALLBACK_WIDTH = 960
MODERN_FORMATS = ("webp",)


@dataclass(frozen=True)
class Source:
    """One ``<source>``: a media type and its files with their widths."""

    media_type: str
    srcset: str


@dataclass(frozen=True)
class Responsive:
    """A picture as it is printed; width and height keep its place free while it loads."""

    sources: tuple[Source, ...]
    url: str
    width: int
    height: int
    alt: str


def responsive(picture: Picture) -> Responsive | None:
    """Return the picture's files, or None when its original is lost: a page is never lost with it."""
    try:
        made = picture.get_renditions(*filters(picture))
    except OSError:
        return None
    fallback = made[fallback_filter(picture)]
    return Responsive(
        sources=tuple(source_of(picture, made, kind) for kind in MODERN_FORMATS),
        url=fallback.url,
        width=fallback.width,
        height=fallback.height,
        alt=picture.description,
    )


def source_of(picture: Picture, made: dict[str, Any], kind: str) -> Source:
    files = (made[f"width-{width}|format-{kind}"] for width in widths(picture))
    return Source(f"image/{kind}", ", ".join(f"{file.url} {file.width}w" for file in files))


def widths(picture: Picture) -> list[int]:
    """The widths to offer: never wider than the original."""
    return sorted({min(width, picture.width) for width in WIDTHS})


def filters(picture: Picture) -> list[str]:
    modern = [f"width-{width}|format-{kind}" for kind in MODERN_FORMATS for width in widths(picture)]
    return [*modern, fallback_filter(picture)]


def fallback_filter(picture: Picture) -> str:
    kind = "png" if picture.file.name.lower().endswith((".png", ".gif")) else "jpeg"
    return f"width-{min(FALLBACK_WIDTH, picture.width)}|format-{kind}"


def gather(pictures: Iterable[Picture | None]) -> None:
    """Fetch the known files of all ``pictures`` in one query."""
    found = [picture for picture in pictures if picture]
    if found:
        prefetch_related_objects(found, "renditions")


def in_body(stream: Any) -> list[Picture]:
    """Return the pictures in a StreamField value, wherever they stand."""
    found: list[Picture] = []
    for block in stream:
        if block.block_type == "image":
            found.append(block.value["image"])
        elif block.block_type == "gallery":
            found.extend(each["image"] for each in block.value["images"])
    return [picture for picture in found if picture]


def prepare(pictures: Iterable[Picture | None]) -> None:
    """Make the files of ``pictures`` that do not exist yet."""
    for picture in pictures:
        if picture:
            responsive(picture)
