"""How long and how much memory do very many rows of a table take, beside the plainest reading of the same file?"""

from __future__ import annotations

import csv
import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.rescue.peak import measured
from pututu.rescue.tests.old_pages import WORDS

COLUMNS = ("address", "title", "html", "date")


def print_rows(count: int) -> None:
    """Look through a CSV file and a JSON Lines file of a tenth of the rows, then of all."""
    with tempfile.TemporaryDirectory() as name:
        environment = {"PUTUTU_DATA": f"{name}/none", "TMPDIR": name}
        for number in (count // 10, count):
            for kind, write, plain in (("CSV", write_table, "table"), ("JSON Lines", write_lines, "lines")):
                path = write(Path(name) / f"old.{'csv' if plain == 'table' else 'jsonl'}", number)
                ours = measured(
                    "bench.rescue.programs",
                    *("rescue", "rescue", str(path), "--dry-run", "--json"),
                    environment=environment,
                )
                alone = measured("bench.rescue.programs", plain, str(path), environment=environment)
                print(
                    f"{number} rows of {kind}, {path.stat().st_size >> 20} MB: {ours[0]:.0f} MB, {ours[1]:.0f} s "
                    f"({number / ours[1]:.0f} a second); reading alone {alone[0]:.0f} MB, {alone[1]:.1f} s, "
                    f"ratio {ours[1] / alone[1]:.0f}",
                    flush=True,
                )


def write_table(path: Path, count: int) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        table.writerows(rows(count))
    return path


def write_lines(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for row in rows(count):
            file.write(json.dumps(dict(zip(COLUMNS, row, strict=True))) + "\n")
    return path


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Short stories with the days of 25 years, in their order."""
    chance, words = random.Random(3), WORDS["en"]
    for n in range(count):
        text = f"<p>{chance.choice(words)} {n}</p><p>{chance.choice(words)} {chance.choice(words)}</p>"
        day = f"{1 + n % 28} {('January', 'May', 'June')[n % 3]} {1995 + n * 25 // count}"
        yield f"http://old.example/news/{n}.html", f"Story number {n} of the valley", text, day
