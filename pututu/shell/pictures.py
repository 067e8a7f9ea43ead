"""Which files does a browser choose from to show a picture?

WebP in a few widths, and one JPEG (or PNG) for old browsers. Nothing is ever enlarged. The files are made after a page
was published (``tasks``); whoever reads it while they are being made gets the original. A picture that is looked at
without having been published with a page, in a preview say, gets them made on the spot.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.images.models import Filter

from pututu.media.models import Picture

WIDTHS = (480, 960, 1440)
FALLBACK_WIDTH = 960
MODERN_FORMATS = ("webp",)
SHARING_FILTER = "fill-1200x630|format-jpeg|jpegquality-80"
IN_WORK: set[int] = set()
"""The keys of the pictures whose files this process is making."""


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
    if picture.pk in IN_WORK:
        return original(picture)
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


def original(picture: Picture) -> Responsive:
    """The picture as it was uploaded, for as long as nothing smaller is there."""
    return Responsive((), picture.file.url, picture.width, picture.height, picture.description)


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


def lacking(pictures: Iterable[Picture | None]) -> list[Picture]:
    """Return those of ``pictures`` that lack some of their files."""
    found = {picture.pk: picture for picture in pictures if picture}.values()
    return [each for each in found if len(each.find_existing_renditions(*specs(each))) < len(specs(each))]


def specs(picture: Picture) -> list[Filter]:
    """Every file of a picture: those that a browser chooses from, and the one that other sites show."""
    return [Filter(spec=each) for each in dict.fromkeys([*filters(picture), SHARING_FILTER])]


def prepare(pictures: Iterable[Picture]) -> None:
    """Make the files of ``pictures`` that do not exist yet; one whose original is lost is passed over.

    One after the other: several at once would each hold the picture in memory, a camera's in some hundred megabytes.
    """
    for picture in pictures:
        with suppress(OSError):
            for each in specs(picture):
                picture.get_rendition(each)
