"""What do the lines of a table or of a JSON Lines file say, by a mapping that is declared or plain from their names?

A line of a crawl without WARC is ``{"address": …, "html": …, "retrieved": …}``.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pututu.lib.tables import UnreadableTable, read_rows, sniff_delimiter, sniff_encoding
from pututu.rescue.capture import Capture, Declared, Found, Unreadable
from pututu.rescue.sources.media import FIRST_YEAR, LARGEST, is_address, media_type_of, plainly, words_in

CHUNK = 1 << 20
UNIX_TIME = re.compile(r"\d{10}(?:\d{3}|\.\d+)?")
TORN = f"Look at its quotation marks; no cell may have more than {LARGEST >> 20} MB."
FIELDS = {
    "address": ("address", "url", "link", "permalink", "dirección", "direccion", "enlace"),
    "html": ("html", "body", "content", "text", "content_html", "texto", "contenido", "cuerpo"),
    "retrieved": ("retrieved", "crawled", "captured", "fetched_at", "retrieved_at"),
    "title": ("title", "headline", "título", "titulo"),
    "standfirst": ("standfirst", "summary", "excerpt", "description", "resumen", "entradilla"),
    "date": ("date", "published", "publication date", "pubdate", "date_published", "fecha"),
    "kind": ("kind", "type", "tipo"),
    "language": ("language", "lang", "idioma"),
    "author": ("author", "byline", "autor"),
    "state": ("state", "status", "estado"),
    "topics": ("topics", "tags", "categories", "temas", "etiquetas"),
}
"""What we read of a line, and the names under which it is found where no mapping says otherwise."""

Mapped = Mapping[str, str]


class NoSuchField(ValueError):
    """A declared mapping names a field that there is not; the message says which there are."""


def check_mapping(mapping: Mapped) -> None:
    """Raise NoSuchField where a mapping is for something that is not read."""
    for name in mapping:
        if name not in FIELDS:
            raise NoSuchField(f"“{name}” is no field of an old page. There are: {', '.join(FIELDS)}.")


def read_table(path: Path, mapping: Mapped) -> Iterator[Found]:
    """Give the rows of a CSV file, in any usual encoding."""
    try:
        with path.open("rb") as file:
            encoding = sniff_encoding(file, may_hold_zeros=True)
            head = file.read(65_536).decode(encoding, "replace")
            file.seek(0)
            delimiter = sniff_delimiter(head.replace("\0", ""))
            rows = read_rows(file, encoding=encoding, delimiter=delimiter, longest=LARGEST)
            yield from _rows(rows, path.name, mapping)
    except UnreadableTable as error:
        yield Unreadable(path.name, str(error))


def _rows(rows: Iterator[tuple[int, list[str] | None]], name: str, mapping: Mapped) -> Iterator[Found]:
    _line, heads = next(rows, (1, None))
    if not heads:
        yield Unreadable(name, "It has no line of column names.", "Write them into the first line.")
        return
    if missing := next((column for column in mapping.values() if column not in heads), None):
        yield Unreadable(name, f"There is no column “{missing}”.", f"There are: {', '.join(heads)[:300]}.")
        return
    columns = columns_of(heads, mapping)
    if "address" not in columns:
        told = f"Call it “address” in the first line, or say --map address=COLUMN. There are: {', '.join(heads)[:300]}."
        yield Unreadable(name, "No column is the address.", told)
        return
    for line, cells in rows:
        source = f"{name}, line {line}"
        if cells is None:
            yield Unreadable(
                source,
                "The row can't be read.",
                TORN,
            )
        else:
            said = {head: plainly(cell) for head, cell in zip(heads, cells, strict=False)}
            yield from _page({field: said.get(column, "") for field, column in columns.items()}, source)


def columns_of(heads: list[str], mapping: Mapped) -> dict[str, str]:
    """Which column is which field: as declared, else by the columns' names."""
    folded = {head.strip().casefold(): head for head in reversed(heads)}
    found = {
        field: next((folded[name] for name in names if name in folded), None)
        for field, names in FIELDS.items()
    }
    return {field: column for field, column in {**found, **mapping}.items() if column}


def read_json_lines(path: Path, mapping: Mapped) -> Iterator[Found]:
    """Give the lines of a JSON Lines file, one object in each; at the end, which declared names no line has."""
    missing = set(mapping.values())
    with path.open("rb") as file:
        lines = iter(lambda: file.readline(LARGEST + 1), b"")
        for number, raw in enumerate(lines, 1):
            rest = raw
            while len(rest) > CHUNK and not rest.endswith(b"\n"):
                rest = file.readline(CHUNK + 1)
            yield from _json_line(raw, f"{path.name}, line {number}", mapping, missing)
    for name in sorted(missing):
        yield Unreadable(path.name, f"No line has “{name}”.", "Look at how you spelt it in --map.")


def _json_line(raw: bytes, source: str, mapping: Mapped, missing: set[str]) -> Iterator[Found]:
    if len(raw) > LARGEST:
        yield Unreadable(source, f"The line has more than {LARGEST >> 20} MB.", "Bring it across by hand.")
    elif raw.strip():
        try:
            said = json.loads(raw)
        except (ValueError, RecursionError) as error:
            yield Unreadable(source, f"This is no JSON ({type(error).__name__}).", "Mend the line.")
            return
        if not isinstance(said, dict):
            yield Unreadable(
                source, "The line is no object.", 'Write {"address": …, "html": …} in each line.'
            )
            return
        missing.difference_update(said)
        columns = columns_of(list(said), mapping)
        yield from _page({field: _text(said.get(column)) for field, column in columns.items()}, source)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return plainly(", ".join(str(each) for each in value))
    return "" if value is None else plainly(str(value))


def _page(said: dict[str, str], source: str) -> Iterator[Found]:
    address = said.get("address", "").strip()
    is_path = address.startswith("/") and not address.startswith("//")
    if not is_path and not is_address(address):
        fault = f"“{address[:80]}” is no address. It" if address else "It has no address. One"
        yield Unreadable(source, f"{fault} begins with http://, https:// or /.")
        return
    content = said.get("html", "").encode("utf-8", "replace")
    if len(content) > LARGEST:
        yield Unreadable(source, f"The page has more than {LARGEST >> 20} MB.", "Bring it across by hand.")
        return
    words: dict[str, Any] = {
        name: said.get(name, "").strip()
        for name in ("kind", "title", "standfirst", "author", "language", "state")
    }
    words |= {name: words_in(words[name]) for name in ("title", "standfirst")}
    topics = tuple(each.strip() for each in said.get("topics", "").split(",") if each.strip())
    date = said.get("date", "").strip()
    has_said = any(words.values()) or topics or date
    when = said.get("retrieved", "").strip()
    retrieved = _instant(when)
    if when and not retrieved:
        yield Unreadable(
            source, f"“{when[:40]}” is no time at which it was retrieved.", "Write 2013-04-05T12:00:00Z."
        )
    yield Capture(
        address=address,
        content=content,
        media_type=media_type_of(content, "text/html"),
        source=source,
        retrieved=retrieved,
        declared=Declared(topics=topics, dates={"date": date} if date else {}, **words) if has_said else None,
    )


def _instant(printed: str) -> dt.datetime | None:
    """An instant in UTC: ISO 8601 (in UTC unless it says else), fourteen digits as web archives write them, or Unix
    time in seconds or milliseconds. None for anything else, and for a time before there was a web.
    """
    try:
        if len(printed) == 14 and printed.isdigit():
            found = dt.datetime.strptime(printed, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
        elif UNIX_TIME.fullmatch(printed):
            found = dt.datetime.fromtimestamp(int(printed[:10]), dt.UTC)
        else:
            found = dt.datetime.fromisoformat(printed.replace("Z", "+00:00"))
            found = found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        return None
    return found if found.year >= FIRST_YEAR else None
