"""What are the entries of a WordPress export, as far as other entries name them: pictures, states, writers?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pututu.rescue.sources.wordpress_entry import TOLD_ADDRESS, Item

SIZE = re.compile(r"-(?:\d{1,5}x\d{1,5}|scaled)(?=\.\w{2,5}$)")
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg")


@dataclass(frozen=True, slots=True)
class Shown:
    """A file of the export: its address, caption, alternative text, and the entry on which it hangs."""

    address: str
    caption: str
    alt: str
    title: str
    parent: str

    @property
    def is_picture(self) -> bool:
        return urlsplit(self.address).path.lower().endswith(PICTURES)


@dataclass
class Library:
    """Filled by a first reading of the export. Only what others name is kept: no texts but those of reusable blocks.

    ``home`` is the address of the whole site, without a slash at its end.
    """

    home: str = ""
    blocks: dict[str, str] = field(default_factory=dict)
    _files: dict[str, Shown] = field(default_factory=dict)
    _states: dict[str, str] = field(default_factory=dict)
    _writers: dict[str, str] = field(default_factory=dict)
    _by_address: dict[str, str] = field(default_factory=dict)
    _by_parent: dict[str, list[str]] = field(default_factory=dict)

    def add(self, item: Item) -> None:
        if item.kind == "attachment":
            self._add_file(item)
        elif item.kind == "wp_block" and item.state == "publish":
            self.blocks[item.id] = item.content
        else:
            self._states[item.id] = item.state

    def _add_file(self, item: Item) -> None:
        if item.state not in ("publish", "inherit"):
            return
        address = self.address_of(item)
        self._files[item.id] = Shown(address, item.excerpt, item.alt, item.title, item.parent)
        self._by_address[_plain(address)] = item.id
        self._by_parent.setdefault(item.parent, []).append(item.id)

    def add_writer(self, login: str, name: str) -> None:
        if login:
            self._writers[login] = name

    def state_of(self, item: Item) -> str:
        """The export's word; a file is as public as the entry on which it hangs."""
        if item.kind != "attachment":
            return "unknown" if item.state == "inherit" else item.state
        if item.state not in ("publish", "inherit"):
            return item.state
        return self._states.get(item.parent, "publish") if item.parent else "publish"

    def authors_of(self, item: Item) -> str:
        """The names under which it was published; an e-mail address is no name."""
        names = (self._writers.get(writer) or writer for writer in item.writers)
        return ", ".join(dict.fromkeys(name for name in names if not TOLD_ADDRESS.fullmatch(name)))

    def address_of(self, item: Item) -> str:
        """Where an entry stood: of a file its own place; else by its number, which WordPress always answers."""
        wishes = [item.file] if item.kind == "attachment" else []
        wishes += [item.link, item.guid]
        found = next((each for each in wishes if each.startswith(("http://", "https://"))), "")
        return found or f"{self.home}/?p={item.id}"

    def file_of(self, *, number: str = "", address: str = "") -> Shown | None:
        """A public picture or document by its number, else by its address or that of another size of it."""
        found = self._files.get(number) or self._files.get(self._by_address.get(_plain(address), ""))
        return found if found and self._is_public(found) else None

    def pictures_on(self, parent: str) -> list[Shown]:
        """The public pictures that hang on an entry, in the order of the export."""
        found = (self._files[number] for number in self._by_parent.get(parent, []))
        return [each for each in found if each.is_picture and self._is_public(each)]

    def _is_public(self, file: Shown) -> bool:
        return not file.parent or self._states.get(file.parent, "publish") == "publish"


def _plain(address: str) -> str:
    """An address without its scheme, "www." and size."""
    return SIZE.sub("", re.sub(r"^https?://(?:www\.)?", "", address.split("?")[0]))
