"""How long does a list of a million people take to come in, and how much memory?

Run ``python -m bench.people [rows]``: a temporary SQLite database (or the one that DATABASE_URL names) gets a list as
CSV: tried whole, then brought in whole, as ``bring_in_list`` does. Of the lines two in five are about somebody new, the
others about somebody once more, as in a list put together from several. One in fifty is of a household (the address of
the line above under another name, which waits for somebody), one in fifty is refused, one in ten has no address.
The reference, in the same run: the csv module reads the same file, and bare rows are written by ``bulk_create``.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

HEAD = (
    "Email",
    "First name",
    "Last name",
    "Street",
    "City",
    "Postcode",
    "Status",
    "Optin time",
    "Consent source",
)
NAMES = ("Rosa", "Luis", "Ana", "José", "Ñusta", "Eva", "Pedro", "Inés", "María", "Ōkita")


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pututu.config.settings")
        os.environ["PUTUTU_DATA"] = folder
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        file = Path(folder) / "list.csv"
        write_list(file, rows)
        measure(file, rows)


def write_list(file: Path, rows: int) -> None:
    chance = random.Random(1)
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(HEAD)
        for at in range(rows):
            writer.writerow(line(at, chance))


def line(at: int, chance: random.Random) -> tuple[str, ...]:
    at = at if at % 5 < 2 or at < 5_000 else chance.randrange(at // 5) * 5
    number = at - 1 if at % 50 == 49 else at
    email = "" if at % 10 == 3 else f"p{number}@example.org"
    status = "gibberish" if at % 50 == 25 else ("subscribed", "unsubscribed", "bounced", "")[at % 4]
    return (
        *(email, NAMES[at % 10], f"Quispe {at}", f"{at} Hill Road", "Sheffield", f"S{at // 20} {at % 10}BD"),
        *(status, "2024-05-01", "Web form"),
    )


def measure(file: Path, rows: int) -> None:
    from django.core.files import File

    from pututu.people.models import ImportRow, ImportRun, Person
    from pututu.people.services import importing

    reference = timed(lambda: plain(file))
    Person.objects.all()._raw_delete("default")
    before = memory()
    with file.open("rb") as opened:
        run = importing.take_list(File(opened), filename="list.csv", by=None)
    importing.map_columns(run, mapping=run.mapping, terms={"purposes": ["bulletins"], "language": "en"})
    trying = timed(lambda: importing.advance(run))
    tried = memory()
    importing.begin_bringing_in(run, by=None)
    bringing = timed(lambda: importing.advance(run))
    verdicts = {each: ImportRow.objects.filter(verdict=each).count() for each in ImportRow.Verdict.values}
    state = ImportRun.objects.get().state
    print(f"{rows} rows, {Person.objects.count()} people, {verdicts}, {state}")
    print(f"tried in {trying:.1f} s ({rows / trying:.0f} rows/s), brought in in {bringing:.1f} s", end=" ")
    print(f"({rows / bringing:.0f} rows/s), together {rows / (trying + bringing):.0f} rows/s")
    print(f"peak resident memory: {before} MB before, {tried} MB after trying, {memory()} MB at the end")
    print(
        f"reference: csv module and bulk_create of bare rows {reference:.1f} s ({rows / reference:.0f} rows/s)",
        end="",
    )
    print(f"; ratio {(trying + bringing) / reference:.1f}")


def plain(file: Path) -> None:
    """Write nothing but a name of each line, a thousand rows at a time."""
    from pututu.people.models import Person

    with file.open(encoding="utf-8", newline="") as opened:
        rows = csv.DictReader(opened)
        made = (Person(name=row["Last name"], reference=f"{at:07}") for at, row in enumerate(rows))
        for some in batches(made, 1000):
            Person.objects.bulk_create(some)


def batches(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while some := list(islice(rows, size)):
        yield some


def memory() -> int:
    """The most that this process ever had in memory, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
