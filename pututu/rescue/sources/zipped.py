"""How is a ZIP of a folder of HTML unpacked, so that it can't write elsewhere and can't fill the disk?"""

from __future__ import annotations

import errno
import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from pututu.rescue.capture import Unreadable

MOST_FILES = 100_000
MOST_BYTES = 4 << 30
LARGEST_RATIO = 200  # of one file, once it is larger than a megabyte: text packs to a tenth
IS_LOCKED = 1  # the bit of an entry that says so
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


class UnsafeZip(ValueError):
    """A ZIP that is not unpacked; the message says why, and what to do."""


def is_wacz(path: Path) -> bool:
    """Whether a ZIP is a web archive (WACZ), which is read as it is. Raises UnsafeZip for what is no ZIP."""
    try:
        packed = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnsafeZip(f"It can't be unpacked ({error}). Pack it, or download it, again.") from error
    with packed:
        return any(name.endswith((".warc", ".warc.gz")) for name in packed.namelist()[:MOST_FILES])


def unpack(path: Path, folder: Path) -> list[Unreadable]:
    """Unpack into ``folder``; give what is left out of it: names that lead elsewhere, bombs, what is locked or damaged.

    Raises UnsafeZip, and leaves no folder, for a ZIP of which nothing can be unpacked, or too much. Raises OSError, and
    leaves no folder either, where the disk is full.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            files = [each for each in packed.infolist() if not each.is_dir()]
            faults = {each.filename: fault for each in files if (fault := _fault_of(each))}
            _check([each for each in files if each.filename not in faults])
            for each in files:
                fault = faults.get(each.filename) or _write(packed, each, folder)
                if fault:
                    faults[each.filename] = fault
    except BROKEN as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError) and error.errno in FULL:
            raise
        raise UnsafeZip(f"It can't be unpacked ({error}). Pack it, or download it, again.") from error
    left_out = [Unreadable(f"“{name[:200]}”", fault) for name, fault in faults.items()]
    if len(faults) == len(files):
        shutil.rmtree(folder, ignore_errors=True)
        raise UnsafeZip(str(left_out[0]) if left_out else "It holds no file. Pack the folder of HTML again.")
    return left_out


def _fault_of(each: zipfile.ZipInfo) -> str:
    """Why an entry is not unpacked, and what to do; "" where it is."""
    name = PurePosixPath(each.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or ":" in "".join(name.parts[:1]) or "\0" in each.filename:
        return "Its name leads out of the folder. Pack the folder itself."
    if each.flag_bits & IS_LOCKED:
        return "It is locked with a password. Pack it again without one."
    if each.file_size > 1 << 20 and each.file_size > LARGEST_RATIO * max(each.compress_size, 1):
        return "It is packed as no page is, and would fill the disk. Leave it out."
    return ""


def _check(files: list[zipfile.ZipInfo]) -> None:
    if len(files) > MOST_FILES:
        raise UnsafeZip(f"It holds more than {MOST_FILES} files. Give it in pieces.")
    if sum(each.file_size for each in files) > MOST_BYTES:
        raise UnsafeZip(f"Unpacked it has more than {MOST_BYTES >> 30} GB. Give it in pieces.")


def _write(packed: zipfile.ZipFile, each: zipfile.ZipInfo, folder: Path) -> str:
    """Write one file, and no more of it than its entry says; give its fault where that can't be."""
    place = folder / each.filename.replace("\\", "/")
    left = each.file_size
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with packed.open(each) as source, place.open("wb") as target:
            while piece := source.read(1 << 16):
                left -= len(piece)
                if left < 0:
                    raise zipfile.BadZipFile("it is larger than it says")
                target.write(piece)
    except BROKEN as error:
        if isinstance(error, OSError) and error.errno in FULL:
            raise
        if place.is_file():
            place.unlink()
        told = error.strerror if isinstance(error, OSError) else type(error).__name__
        return f"It can't be unpacked ({told}). Pack it, or download it, again."
    return ""
