"""How is a ZIP of a folder of HTML unpacked, so that it can't write elsewhere and can't fill the disk?"""

from __future__ import annotations

import errno
import shutil
import zipfile
from pathlib import Path, PurePosixPath

MOST_FILES = 100_000
MOST_BYTES = 4 << 30
LARGEST_RATIO = 200  # of one file, once it is larger than a megabyte: text packs to a tenth


class UnsafeZip(ValueError):
    """A ZIP that is not unpacked; the message says why."""


def is_wacz(path: Path) -> bool:
    """Whether a ZIP is a web archive (WACZ), which is read as it is. Raises UnsafeZip for what is no ZIP."""
    try:
        packed = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnsafeZip(f"It can't be unpacked: {error}") from error
    with packed:
        return any(name.startswith("archive/") for name in packed.namelist()[:MOST_FILES])


def unpack(path: Path, folder: Path) -> None:
    """Unpack into ``folder``; raise UnsafeZip, and leave no folder, for names that lead out of it and for bombs.

    Raises OSError, and leaves no folder either, where the disk is full.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            files = [each for each in packed.infolist() if not each.is_dir()]
            _check(files)
            for each in files:
                _write(packed, each, folder)
    except (UnsafeZip, zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError) and error.errno in (
            errno.ENOSPC,
            errno.EDQUOT,
            errno.EFBIG,
            errno.EROFS,
        ):
            raise
        raise (
            error if isinstance(error, UnsafeZip) else UnsafeZip(f"It can't be unpacked: {error}")
        ) from error


def _check(files: list[zipfile.ZipInfo]) -> None:
    if len(files) > MOST_FILES:
        raise UnsafeZip(f"It holds more than {MOST_FILES} files.")
    if sum(each.file_size for each in files) > MOST_BYTES:
        raise UnsafeZip(f"Unpacked it has more than {MOST_BYTES >> 30} GB.")
    for each in files:
        name = PurePosixPath(each.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in name.parts[0] or "\0" in each.filename:
            raise UnsafeZip(f"“{each.filename[:80]}” leads out of the folder.")
        if each.file_size > 1 << 20 and each.file_size > LARGEST_RATIO * max(each.compress_size, 1):
            raise UnsafeZip(f"“{each.filename[:80]}” is packed as no page is: it would fill the disk.")


def _write(packed: zipfile.ZipFile, each: zipfile.ZipInfo, folder: Path) -> None:
    """Write one file, and no more of it than its entry says."""
    place = folder / each.filename.replace("\\", "/")
    place.parent.mkdir(parents=True, exist_ok=True)
    left = each.file_size
    with packed.open(each) as source, place.open("wb") as target:
        while piece := source.read(1 << 16):
            left -= len(piece)
            if left < 0:
                raise UnsafeZip(f"“{each.filename[:80]}” is larger than it says.")
            target.write(piece)
