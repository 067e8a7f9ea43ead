"""Where does each entry of a long XML file begin and end, however damaged the file is?

The bytes are cut at the entries' own tags before anybody parses them: what is broken in one entry can't spill into the
next, nothing that a document type declares is ever believed, and no more than one entry is held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from pututu.rescue.sources.media import LARGEST

CHUNK = 1 << 16
OVERLAP = (
    256  # the longest tag, or end of one entry and beginning of the next, that may lie across two chunks
)
HEAD = 1 << 16
SKIPPED = {b"<!--": re.compile(rb"-->"), b"<![CDATA[": re.compile(rb"\]\]>")}
_ROOTS = re.compile(rb"<(?:[\w.-]+:)?(?:rss|feed|RDF|channel)(?:\s[^<>]*)?>")
_DECLARED = re.compile(rb"<\?xml[^>]*\sencoding\s*=\s*[\"']([\w.:-]+)")


@dataclass(frozen=True, slots=True)
class Part:
    """One entry as it stands in the file: its local name, its bytes, and the line at which it begins.

    ``fault`` says what is wrong with its edges; of one that is too long, ``content`` is empty.
    """

    tag: str
    content: bytes
    line: int
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above all entries: the opening tags with their namespaces, and the encoding."""

    opened: bytes
    encoding: str
    content: bytes

    @classmethod
    def of(cls, content: bytes) -> Head:
        """Read it in the first bytes of a file; comments and what a document type declares are passed over."""
        plain = re.sub(rb"<!--.*?-->", b"", content[:HEAD], flags=re.DOTALL)
        declared = _DECLARED.search(content[:400])
        roots = [root for root in _ROOTS.findall(plain) if not root.endswith(b"/>")][:2]
        return cls(
            b"".join(roots), declared[1].decode("ascii", "replace") if declared else "", content[:HEAD]
        )

    def around(self, part: bytes) -> bytes:
        """An entry as a document of its own; the parser closes what is left open."""
        return (self.opened or b"<rss>") + part


class Cutter:
    """Reads a file once and gives its entries of the local names ``tags``."""

    def __init__(self, file: IO[bytes], tags: tuple[str, ...]) -> None:
        self._file = file
        names = "|".join(tags).encode()
        self._opening = re.compile(rb"<!--|<!\[CDATA\[|<((?:[\w.-]+:)?(" + names + rb"))(?=[\s>])")
        self._kept = b""
        self._line = 1
        self._is_over = self._is_long = False
        self.fault = ""  # why the rest of the file can't be read

    def parts(self) -> Iterator[Part]:
        """Give the entries in their order. What the file can't give is told in ``fault``."""
        while found := self._find(self._opening):
            if found[1] is None:  # a comment; one that never ends hides nothing
                end = self._find(SKIPPED[found[0]], found.end())
                self._drop(end.end() if end else found.end())
            else:
                self._drop(found.start())
                yield self._entry(found[1], found[2].decode())

    def _entry(self, name: bytes, tag: str) -> Part:
        edges, line, self._is_long = Edges(name), self._line, False
        until, at = edges.all, len(name) + 1
        while found := self._find(until, at):
            if found[0] in SKIPPED:
                at, until = found.end(), edges.behind(found[0])
            elif found[0] in (b"-->", b"]]>"):
                at, until = found.end(), edges.all
            else:
                break
        end = edges.end_of(found) if found else len(self._kept)
        content = b"" if self._is_long or end > LARGEST else self._kept[:end]
        self._drop(end)
        too_long = f"It has more than {LARGEST >> 20} MB."
        return Part(tag, content, line, edges.fault_of(found) if content else too_long)

    def _find(self, wanted: re.Pattern[bytes], at: int = 0) -> re.Match[bytes] | None:
        """The next place in the file where something begins, reading on; what is too long to be kept is let go."""
        while not (found := wanted.search(self._kept, at)):
            at = max(at, len(self._kept) - OVERLAP)
            if len(self._kept) > LARGEST:
                self._drop(at)
                self._is_long, at = True, 0
            if not self._more():
                return None
        return found

    def _more(self) -> bool:
        try:
            chunk = b"" if self._is_over else self._file.read(max(CHUNK, len(self._kept) // 2))
        except OSError as error:
            chunk, self.fault = b"", f"The file can't be read further ({error.strerror})."
        self._is_over = self._is_over or not chunk
        self._kept += chunk
        return bool(chunk)

    def _drop(self, until: int) -> None:
        self._line += self._kept.count(b"\n", 0, until)
        self._kept = self._kept[until:]


class Edges:
    """What ends an entry: its own end, or the beginning of the next where its end is missing."""

    def __init__(self, name: bytes) -> None:
        name = re.escape(name)
        self._end = re.compile(rb"</" + name + rb"\s*>")
        self._next = self._end.pattern + rb"\s*<" + name + rb"\s*>\s*<title[\s>]"
        self.all = re.compile(
            rb"<!--|<!\[CDATA\[|</channel\s*>|<" + name + rb"(?=[\s>])|" + self._end.pattern
        )

    def behind(self, opened: bytes) -> re.Pattern[bytes]:
        """The end of a comment or of CDATA, or, where that is missing, of the entry in which it stands."""
        return re.compile(SKIPPED[opened].pattern + b"|" + self._next)

    def end_of(self, found: re.Match[bytes]) -> int:
        own = self._end.match(found[0])
        return found.start() + (own.end() if own else 0)

    def fault_of(self, found: re.Match[bytes] | None) -> str:
        if found is None:
            return "The file ends within it."
        is_whole = self._end.fullmatch(found[0])
        return "" if is_whole else "Its end is missing, or something in it is never closed."
