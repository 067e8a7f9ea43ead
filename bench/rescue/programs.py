"""What is run to measure its memory and time: the rescue itself, and the plainest program over the same file?

``python -m bench.rescue.peak FILE bench.rescue.programs NAME …``: see there.
"""

from __future__ import annotations

import csv
import sys


def rescue() -> None:
    from pututu.config.cli import main as pututu

    pututu()


def warcio() -> None:
    from warcio.archiveiterator import ArchiveIterator

    with open(sys.argv[1], "rb") as file:
        print(sum(len(record.content_stream().read()) for record in ArchiveIterator(file)))


def table() -> None:
    with open(sys.argv[1], newline="", encoding="utf-8") as file:
        print(sum(1 for _row in csv.reader(file)))


def lines() -> None:
    import json

    with open(sys.argv[1], encoding="utf-8") as file:
        print(sum(bool(json.loads(line)) for line in file))


PROGRAMS = {"rescue": rescue, "warcio": warcio, "table": table, "lines": lines}

if __name__ == "__main__":
    name = sys.argv.pop(1)
    PROGRAMS[name]()
