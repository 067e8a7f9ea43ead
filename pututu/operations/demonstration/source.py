"""What do the files of a demonstration say?

A demonstration is a folder of Markdown files with TOML front matter, ``<language>/<kind>/<slug>.md``, and a
``site.toml``. Nothing here writes to the database.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FENCE = "+++"


class UnreadableItem(ValueError):
    """A file of the demonstration can't be read; says which and why."""


@dataclass(frozen=True)
class Item:
    """One file: its particulars as written and its body in Markdown."""

    kind: str
    language: str
    slug: str
    facts: dict[str, Any]
    body: str

    @property
    def original(self) -> str:
        """The slug of the item that this one translates, or its own."""
        return str(self.facts.get("translation_of", self.slug))


def read_site(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "site.toml").read_text(encoding="utf-8"))


def read_names(folder: Path) -> dict[str, Any]:
    """The words from which the names and homes of invented members are made up."""
    return tomllib.loads((folder / "members.toml").read_text(encoding="utf-8"))


def read_bulletins(folder: Path) -> dict[str, Any]:
    """The series of mail and the subjects of past issues."""
    return tomllib.loads((folder / "bulletins.toml").read_text(encoding="utf-8"))


def read_items(folder: Path, language: str, kind: str) -> list[Item]:
    """Return the items of one kind in one language, in order of their slugs.

    Raises UnreadableItem for the first file that has no front matter, or one that isn't TOML.
    """
    return [read_item(path, language, kind) for path in sorted((folder / language / kind).glob("*.md"))]


def read_item(path: Path, language: str, kind: str) -> Item:
    text = path.read_text(encoding="utf-8")
    opening, fence, rest = text.partition(f"{FENCE}\n")
    front, closing, body = rest.partition(f"\n{FENCE}\n")
    if opening or not fence or not closing:
        raise UnreadableItem(f"{path}: must begin with front matter between two lines of {FENCE}.")
    try:
        facts = tomllib.loads(front)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableItem(f"{path}: the front matter is not TOML: {error}.") from error
    return Item(kind=kind, language=language, slug=path.stem, facts=facts, body=body.strip())
