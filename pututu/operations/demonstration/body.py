"""How does Markdown become the pieces of a page's body?

The dialect is CommonMark with tables, and four additions: ``[^1]`` marks a source, ``[words]{es}`` marks a passage's
language, ``:::chart`` and ``:::callout`` fence those pieces.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt

MARKDOWN = MarkdownIt("commonmark").enable("table")
FENCED = re.compile(r"^:::(?P<name>\w+)[ \t]*(?P<options>[^\n]*)\n(?P<inside>.*?)^:::[ \t]*$", re.M | re.S)
REFERENCE = re.compile(r"\[\^(\d+)\]")
PASSAGE = re.compile(r"\[([^\]\[]+)\]\{(\w{2,3})\}")
ATTRIBUTION = re.compile(r"\n?--\s*(.+)$", re.S)

Piece = tuple[str, Any]


def pieces(text: str) -> list[Piece]:
    """Return the body as ``(block name, value)`` pairs as a StreamField takes them."""
    found: list[Piece] = []
    at = 0
    for match in FENCED.finditer(text):
        found.extend(_prose(text[at : match.start()]))
        found.append(_fenced(match))
        at = match.end()
    return [*found, *_prose(text[at:])]


def _fenced(match: re.Match[str]) -> Piece:
    options = shlex.split(match["options"].replace("“", '"').replace("”", '"'))
    inside = match["inside"].strip()
    if match["name"] == "callout":
        return "callout", {"title": " ".join(options), "text": html(inside)}
    named = dict(option.split("=", 1) for option in options if "=" in option)
    kind, title = [option for option in options if "=" not in option][:2]
    rows = "\n".join(" | ".join(cells(line)) for line in inside.splitlines())
    return "chart", {
        "title": title,
        "kind": kind,
        "unit": named.get("unit", ""),
        "table": rows,
        "scale_from": named.get("from"),
        "note": named.get("note", ""),
    }


def _prose(text: str) -> Iterator[Piece]:
    """Part plain Markdown at its quotations and tables."""
    tokens = MARKDOWN.parse(text)
    lines = text.splitlines()
    run: list[str] = []
    for token in tokens:
        if token.level or token.nesting == -1 or not token.map:
            continue
        source = "\n".join(lines[token.map[0] : token.map[1]])
        special = (
            _quotation(source)
            if token.type == "blockquote_open"
            else _table(source)
            if token.type == "table_open"
            else None
        )
        if special is None:
            run.append(source)
            continue
        if run:
            yield "text", html("\n\n".join(run))
            run = []
        yield special
    if run:
        yield "text", html("\n\n".join(run))


def _quotation(source: str) -> Piece:
    words = "\n".join(line.lstrip(">").strip() for line in source.splitlines())
    speaker = ATTRIBUTION.search(words)
    return "quote", {
        "text": ATTRIBUTION.sub("", words).strip(),
        "speaker": speaker[1].strip() if speaker else "",
        "language": "",
    }


def _table(source: str) -> Piece:
    rows = [cells(REFERENCE.sub("", line)) for line in source.splitlines()]
    head, body = rows[0], rows[2:]
    columns = [{"type": "text", "heading": heading} for heading in head]
    return "table", {
        "caption": "",
        "note": "",
        "table": {"columns": columns, "rows": [{"values": row} for row in body]},
    }


def cells(line: str) -> list[str]:
    """Return the cells of a table's line such as ``| Peru | 62500 |``."""
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def html(text: str) -> str:
    """Return Markdown prose as the rich text that Wagtail keeps."""
    marked = REFERENCE.sub(lambda found: f'<a href="#s{found[1]}">{found[1]}</a>', text)
    marked = PASSAGE.sub(lambda found: f'<span lang="{found[2]}">{found[1]}</span>', marked)
    rendered: str = MARKDOWN.render(marked)
    for plain, kept in (("<strong>", "<b>"), ("</strong>", "</b>"), ("<em>", "<i>"), ("</em>", "</i>")):
        rendered = rendered.replace(plain, kept)
    return rendered.replace("\n", " ").strip()
