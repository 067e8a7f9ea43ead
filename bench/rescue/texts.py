"""How right are our titles and bodies on trafilatura's public set, beside trafilatura's own on the same pages?

The set names for each page up to six phrases that belong to its text and up to six that do not, and for most its title.
What is counted, and how, is trafilatura's own measure: a phrase is found where it stands in the text, blanks aside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trafilatura

from pututu.rescue.capture import Capture
from pututu.rescue.reading import read_page
from pututu.rescue.reading.bodies import words_of
from pututu.rescue.reading.record import Reading

FOLDERS = ("cache", "eval")


@dataclass(slots=True)
class Tally:
    """Phrases found and not found, and titles that are exact."""

    found: int = 0
    wanted: int = 0
    unwanted: int = 0
    titles: list[bool] = field(default_factory=list)

    def add(self, text: str, facts: dict[str, Any]) -> None:
        text = plain(text)
        self.found += sum(plain(each) in text for each in facts["with"])
        self.wanted += len(facts["with"])
        self.unwanted += sum(plain(each) in text for each in facts["without"])

    def line(self) -> str:
        precision = self.found / max(1, self.found + self.unwanted)
        recall = self.found / max(1, self.wanted)
        both = 2 * self.found / max(1, self.found + self.unwanted + self.wanted)
        told = f"precision {precision:.3f}, recall {recall:.3f}, F {both:.3f}"
        if not self.titles:
            return told
        return f"{told}; titles exact {sum(self.titles) / len(self.titles):.3f} of {len(self.titles)}"


def print_texts(folder: Path, every: int) -> None:
    tallies = {"ours": Tally(), "trafilatura fast": Tally(), "trafilatura": Tally()}
    pages = list(pages_of(folder, every))
    for address, content, facts in pages:
        reading = read_page(
            Capture(address=address, content=content, media_type="text/html", source=facts["file"])
        )
        tallies["ours"].add(text_of(reading), facts)
        for name, fast in (("trafilatura fast", True), ("trafilatura", False)):
            tallies[name].add(extracted(content, fast=fast), facts)
        if facts.get("title"):
            title = plain(facts["title"])
            tallies["ours"].titles.append(plain(reading.title) == title)
            tallies["trafilatura"].titles.append(plain(title_by_trafilatura(content)) == title)
    print(f"trafilatura's set, {len(pages)} pages:")
    for name, tally in tallies.items():
        print(f"  {name:16} {tally.line()}")


def pages_of(folder: Path, every: int) -> Iterable[tuple[str, bytes, dict[str, Any]]]:
    for number, (address, facts) in enumerate(json.loads((folder / "evaldata.json").read_text()).items()):
        places = (folder / each / facts["file"] for each in FOLDERS)
        path = next((place for place in places if place.is_file()), None)
        if path and number % every == 0:
            yield address, path.read_bytes(), facts


def text_of(reading: Reading) -> str:
    """What a reader of the new page would see as its text: standfirst and body."""
    return " ".join([reading.standfirst, *(words_of(block) for block in reading.blocks)])


def extracted(content: bytes, *, fast: bool) -> str:
    options = {"include_comments": False, "include_tables": True, "include_formatting": False}
    return trafilatura.extract(content, fast=fast, **options) or ""


def title_by_trafilatura(content: bytes) -> str:
    found = trafilatura.extract_metadata(content)
    return (found.title if found else "") or ""


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
