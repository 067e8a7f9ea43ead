"""Where do the readings and items of a site wait, while more of it is read than fits into memory?

In a private database in the temporary folder (``TMPDIR``): a little of it stays in memory, the rest is in a file that
has lost its name and is gone with the process, however that ends. What SQLite itself calls temporary would stay in
memory: so our build of it is made. For the same reason nothing here is sorted but by an index.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import tempfile
from array import array
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pututu.rescue.addresses import canonical
from pututu.rescue.item import OldItem
from pututu.rescue.reading.record import Reading

Fault = sqlite3.Error
CACHE = 32_000  # KiB that stay in memory
LAST_AT_A_DOOR = 50
MOST_BEHIND = 20  # items that are compared with one
_TABLES = f"""
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -{CACHE};
CREATE TABLE readings (
    number INTEGER PRIMARY KEY, address TEXT UNIQUE, key TEXT, digest TEXT, leads_to TEXT, saved TEXT
);
CREATE INDEX reading_key ON readings (key);
CREATE INDEX reading_digest ON readings (digest);
CREATE TABLE again (address TEXT, refers_to TEXT, digest TEXT, retrieved TEXT);
CREATE TABLE items (
    number INTEGER PRIMARY KEY, address TEXT, page TEXT, is_last INTEGER, retrieved TEXT,
    title TEXT, words TEXT, sketch BLOB, saved BLOB, original INTEGER, is_certain INTEGER
);
CREATE INDEX item_page ON items (page);
CREATE INDEX item_order ON items (is_last, length(address), page, retrieved DESC, number);
CREATE INDEX item_original ON items (original);
CREATE TABLE ways (address TEXT, number INTEGER);
CREATE INDEX way_number ON ways (number);
CREATE TABLE firsts (kind TEXT, value TEXT, number INTEGER, PRIMARY KEY (kind, value)) WITHOUT ROWID;
CREATE TABLE doors (door INTEGER, number INTEGER, PRIMARY KEY (door, number)) WITHOUT ROWID;
"""


class Shelf:
    """A place for the readings, ways and items of one site; ``close`` it."""

    def __init__(self) -> None:
        handle, name = tempfile.mkstemp(prefix="pututu-")
        try:
            os.close(handle)
            self._db = sqlite3.connect(name, isolation_level=None)
            self._db.execute("PRAGMA user_version = 1")  # opens the file
        finally:
            os.unlink(name)
        self._db.executescript(_TABLES)
        self._db.execute("BEGIN")

    def close(self) -> None:
        self._db.close()

    def _one(self, question: str, *of: Any) -> Any | None:
        """The first column of the first row that answers a question, None for none."""
        row = self._db.execute(question, of).fetchone()
        return row[0] if row else None

    # --- readings, one for each address

    def put(self, reading: Reading, *, digest: str = "") -> None:
        """Keep a reading in place of an earlier one of its address."""
        self._db.execute(
            "INSERT INTO readings (address, key, digest, leads_to, saved) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (address) DO UPDATE SET leads_to = excluded.leads_to, saved = excluded.saved",
            (reading.address, canonical(reading.address).key, digest, reading.leads_to, reading.to_json()),
        )

    def reading(self, address: str) -> Reading | None:
        saved = self._one("SELECT saved FROM readings WHERE address = ?", address)
        return Reading.from_json(saved) if saved else None

    def reading_of(self, digest: str) -> Reading | None:
        """The page that came from these bytes, by the archive's own name for them."""
        saved = digest and self._one("SELECT saved FROM readings WHERE digest = ? LIMIT 1", digest)
        return Reading.from_json(saved) if saved else None

    def readings(self) -> Iterator[Reading]:
        """All pages in the order in which they first came, without those that only led on."""
        for _number, reading in self.numbered_readings():
            yield reading

    def numbered_readings(self) -> Iterator[tuple[int, Reading]]:
        """The same with the number of each, by which ``reading_at`` gives it again."""
        question = "SELECT number, saved FROM readings WHERE leads_to = '' ORDER BY number"
        for number, saved in self._db.execute(question):
            yield number, Reading.from_json(saved)

    def reading_at(self, number: int) -> Reading | None:
        saved = self._one("SELECT saved FROM readings WHERE number = ?", number)
        return Reading.from_json(saved) if saved else None

    def knows(self, address: str) -> bool:
        """Whether an address was captured, in whatever spelling."""
        return bool(self._one("SELECT 1 FROM readings WHERE key = ?", canonical(address).key))

    def put_revisit(self, *said: str) -> None:
        """Keep the word of an archive: address, the address that it repeats, the digest of the bytes, the instant."""
        self._db.execute("INSERT INTO again VALUES (?, ?, ?, ?)", said)

    def revisits(self) -> Iterator[tuple[str, str, str, str]]:
        yield from self._db.execute("SELECT address, refers_to, digest, retrieved FROM again ORDER BY rowid")

    # --- ways from an address to another

    def ways(self) -> Iterator[tuple[str, str]]:
        """The addresses that led on, and where to."""
        yield from self._db.execute(
            "SELECT address, leads_to FROM readings WHERE leads_to <> '' ORDER BY number"
        )

    def leads_to(self, key: str) -> str:
        """Where the address of a key led; "" where it led nowhere."""
        found = self._one("SELECT leads_to FROM readings WHERE key = ? ORDER BY leads_to = ''", key)
        return found or ""

    def put_way(self, address: str, number: int) -> None:
        """Keep that an address ends at an item."""
        self._db.execute("INSERT INTO ways VALUES (?, ?)", (address, number))

    def ways_to(self, number: int) -> list[str]:
        """The addresses that end at an item or at what certainly repeats it."""
        question = (
            "SELECT address FROM ways WHERE number IN"
            " (SELECT ? UNION SELECT number FROM items WHERE original = ? AND is_certain) ORDER BY rowid"
        )
        return [address for (address,) in self._db.execute(question, (number, number))]

    # --- items

    def put_item(
        self, item: OldItem, *, retrieved: str, is_last: bool, words: int | None, sketch: tuple[int, ...]
    ) -> None:
        """Keep an item; ``words`` and ``sketch`` are those of its text, ``is_last`` makes all others come before it."""
        page = "" if "#" in item.address else canonical(item.address).key
        said = None if words is None else str(words)
        smallest = array("I", sketch).tobytes()
        self._db.execute(
            "INSERT INTO items (address, page, is_last, retrieved, title, words, sketch, saved)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (item.address, page, is_last, retrieved, item.title, said, smallest, pickle.dumps(item)),
        )

    def item(self, number: int) -> OldItem:
        item: OldItem = pickle.loads(self._one("SELECT saved FROM items WHERE number = ?", number) or b"")
        return item

    def item_at(self, address: str) -> int | None:
        """The number of the item whose own page an address is, in whatever spelling."""
        return self._one(
            "SELECT number FROM items WHERE page = ? ORDER BY number", canonical(address).key or "-"
        )

    def in_order(self) -> Iterator[int]:
        """The numbers of all items: plain addresses first, of one address the newest first, print views last."""
        question = "SELECT number FROM items ORDER BY is_last, length(address), page, retrieved DESC, number"
        for (number,) in self._db.execute(question):
            yield number

    def known_by(self, number: int) -> tuple[str | None, tuple[int, ...], str]:
        """The words' digest of an item, the sketch of its text, and its title."""
        row = self._db.execute("SELECT words, sketch, title FROM items WHERE number = ?", (number,))
        words, sketch, title = row.fetchone()
        return words, tuple(array("I", sketch)), title

    def first(self, kind: str, value: str, number: int) -> int | None:
        """The item that had this value before; None where this one is the first, as which it is remembered."""
        self._db.execute("INSERT OR IGNORE INTO firsts VALUES (?, ?, ?)", (kind, value, number))
        first = self._one("SELECT number FROM firsts WHERE kind = ? AND value = ?", kind, value)
        return None if first == number else first

    def is_new(self, kind: str, value: str) -> bool:
        """Whether nobody asked this before of a value."""
        question = "INSERT OR IGNORE INTO firsts VALUES (?, ?, 0)"
        return self._db.execute(question, (kind, value)).rowcount == 1

    def behind(self, doors: tuple[int, ...], number: int) -> list[int]:
        """Of the last items at each door those that share most doors with this one, which is remembered at its own."""
        question = f"SELECT number FROM doors WHERE door = ? ORDER BY number DESC LIMIT {LAST_AT_A_DOOR}"
        met = Counter(other for door in doors for (other,) in self._db.execute(question, (door,)))
        self._db.executemany("INSERT OR IGNORE INTO doors VALUES (?, ?)", [(door, number) for door in doors])
        return [other for other, _times in met.most_common(MOST_BEHIND)]

    def put_repetition(self, number: int, original: int, *, is_certain: bool) -> None:
        self._db.execute(
            "UPDATE items SET original = ?, is_certain = ? WHERE number = ?", (original, is_certain, number)
        )

    def original_of(self, number: int) -> int | None:
        return self._one("SELECT original FROM items WHERE number = ?", number)

    def repetitions_of(self, number: int) -> list[int]:
        """The items that certainly repeat this one."""
        question = "SELECT number FROM items WHERE original = ? AND is_certain ORDER BY number"
        return [other for (other,) in self._db.execute(question, (number,))]
