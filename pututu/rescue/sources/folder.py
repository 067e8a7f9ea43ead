"""Which pages are in a folder that wget or HTTrack filled, and what were their addresses?

wget names a file by its address ("articles.php?position=720", "@" in place of "?" where the disk asks for it, and
".html" behind it with ``-E``) below a folder of the host's name. HTTrack makes names of its own and writes the address
and the hour into a comment. A file's time says when somebody copied it, so it is no evidence and is not read.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import quote

from pututu.rescue.capture import Capture, Found, Unreadable
from pututu.rescue.sources.media import LARGEST, is_address, is_page, media_type_of, plainly

HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(:\d+)?", re.IGNORECASE)
NOT_HOSTS = {"html", "htm", "php", "asp", "aspx", "jsp", "txt", "zip", "old", "bak", "pdf"}
HTTRACK = re.compile(
    rb"<!-- Mirrored from (?P<address>\S{1,2000}) by HTTrack Website Copier/\S+ \[[^\]]*\], (?P<at>[^>]{1,60}?) -->"
)
OF_THE_COPIER = {
    "hts-cache",
    "hts-log.txt",
    "cookies.txt",
    "backblue.gif",
    "fade.gif",
    ".DS_Store",
    "Thumbs.db",
}
SUFFIXED = re.compile(r"(?P<path>.+\.(?:php\d?|aspx?|jsp|cgi|cfm)(?:[?@].*)?)\.html?$", re.IGNORECASE)
WITH_QUERY = re.compile(r"^(?P<path>[^?@]*)[?@](?P<query>[^/]*=.*)$")


def read_folder(folder: Path, *, site: str = "") -> Iterator[Found]:
    """Give the files below ``folder`` in the order of their names; ``site`` is the address that the folder stands for.

    Links that lead out of the folder are not followed.
    """
    root, closed, is_empty = folder.resolve(), list[OSError](), True
    for path in _files(root, closed):
        is_empty = False
        name = plainly(path.relative_to(root).as_posix())
        try:
            if path.is_dir():
                yield Unreadable(
                    name, "It is a link to a folder, which is not followed.", "Copy the folder itself."
                )
            elif root not in path.resolve(strict=True).parents:
                yield Unreadable(name, "It is a link that leads out of the folder.", "Copy the file itself.")
            elif not path.is_file():
                yield Unreadable(name, "It is neither a file nor a folder.", "")
            elif path.stat().st_size > LARGEST:
                yield Unreadable(name, f"It has more than {LARGEST >> 20} MB.", "Bring it across by hand.")
            else:
                yield _capture(path.read_bytes(), name, site=site)
        except (OSError, RuntimeError) as error:  # a link to itself is the latter before Python 3.13
            told = getattr(error, "strerror", "") or "a link that leads to itself"
            yield Unreadable(name, f"It can't be read ({told}).", "Look at the file's rights.")
    for shut in closed:
        yield Unreadable(
            str(shut.filename), f"The folder can't be read ({shut.strerror}).", "Look at its rights."
        )
    if is_empty and not closed:
        yield Unreadable(folder.name, "The folder is empty.", "Give the one in which the pages lie.")


def _files(root: Path, closed: list[OSError]) -> Iterator[Path]:
    """The files below a folder; why a folder in it can't be read is noted in ``closed``."""
    for folder, folders, files in os.walk(root, onerror=closed.append):
        folders[:] = sorted(each for each in folders if each not in OF_THE_COPIER)
        linked = [each for each in folders if (Path(folder) / each).is_symlink()]
        for name in sorted([*files, *linked]):
            if name not in OF_THE_COPIER:
                yield Path(folder) / name


def _capture(content: bytes, name: str, *, site: str) -> Capture:
    media_type = media_type_of(content, _by_suffix(name))
    mirrored = HTTRACK.search(content[:20_000]) if is_page(media_type) else None
    said = _with_scheme(plainly(mirrored["address"].decode("utf-8", "replace"))) if mirrored else ""
    return Capture(
        address=said or address_of(name, site),
        content=content,
        media_type=media_type,
        source=name,
        retrieved=_instant(mirrored["at"].decode("ascii", "replace")) if mirrored else None,
    )


def address_of(name: str, site: str = "") -> str:
    """The old address of a file by its name in the folder; without a host it begins with "/"."""
    parts = name.split("/")
    host = parts[0] if len(parts) > 1 and _is_host(parts[0]) else ""
    path = "/".join(parts[1:] if host else parts)
    suffixed = SUFFIXED.fullmatch(path)
    path = suffixed["path"] if suffixed else path
    asked = WITH_QUERY.match(path)
    path, query = (asked["path"], asked["query"]) if asked else (path, "")
    path = re.sub(r"(^|/)index\.html?$", r"\1", path)
    found = quote(path, safe="/%:;=~+,!$&'()*") + (f"?{quote(query, safe='=&%+/:;,~!$()*')}" if query else "")
    return f"http://{host}/{found}" if host else f"{site.rstrip('/')}/{found}"


def _is_host(name: str) -> bool:
    return bool(HOST.fullmatch(name)) and name.rsplit(".", 1)[-1].lower() not in NOT_HOSTS


def _with_scheme(address: str) -> str:
    """What HTTrack wrote as a whole address; "" where it is none."""
    whole = address if "://" in address else f"http://{address}"
    return whole if is_address(whole) else ""


def _instant(printed: str) -> dt.datetime | None:
    """HTTrack's hour ("Sat, 12 Jan 2019 10:00:00 GMT"), in UTC; None for what is none."""
    try:
        found = parsedate_to_datetime(printed)
    except ValueError:
        return None
    return found.astimezone(dt.UTC) if found.tzinfo else None


SUFFIXES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".txt": "text/plain",
}


def _by_suffix(name: str) -> str:
    return SUFFIXES.get(Path(name).suffix.lower(), "")
