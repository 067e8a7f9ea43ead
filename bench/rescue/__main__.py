"""How right, honest and fast are our dates beside htmldate's on the same pages in the same run?

``python -m bench.rescue`` measures speed on generated pages. ``python -m bench.rescue --public FOLDER`` takes the tests
folder of htmldate's repository (never committed here) and measures dates too; ``--every N`` takes each Nth page.
``--invented ITEMS`` holds the rescue of an invented site of so many items against its truth; with ``--large MEGABYTES``
its pages stand in a web archive of that size, and memory is measured.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import htmldate
import trafilatura

from bench.rescue.invented import print_invented
from bench.rescue.large import print_large
from pututu.rescue.capture import Capture
from pututu.rescue.dating.claims import Witness, claims_of
from pututu.rescue.dating.verdict import CERTAIN, judge
from pututu.rescue.daysaid import days_in
from pututu.rescue.item import Basis
from pututu.rescue.reading import read_page
from pututu.rescue.reading.decoding import decode_page
from pututu.rescue.tests.old_pages import TEMPLATES, TITLES, WORDS, Page

SETS = ("eval_default.json", "eval_mediacloud_2020.json")
FOLDERS = ("test_set", "cache", "eval")
ISO = re.compile(r"(?:19|20)\d\d-?[01]\d-?[0-3]\d(?:[T ]?\d\d:?\d\d[^\"'<\s]{0,14})?|\b1[0-9]{9}(?:\d{3})?\b")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--public", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--large", type=int, metavar="MEGABYTES", default=0)
    parser.add_argument("--invented", type=int, metavar="ITEMS", default=0)
    arguments = parser.parse_args()
    print_speed(generated(400))
    if arguments.large:
        print_large(arguments.large, arguments.invented or 10_000)
    elif arguments.invented:
        print_invented(arguments.invented)
    if arguments.public:
        print_public(list(public(arguments.public, arguments.every)))


# --- speed


def generated(count: int) -> list[Capture]:
    """Pages of the size of old ones: ten to thirty sentences in four ways of building a page."""
    chance = random.Random(5)
    made = []
    for number in range(count):
        language = chance.choice(("en", "es"))
        page = Page(
            chance.choice(sorted(TEMPLATES)),
            language,
            chance.choice(TITLES[language]),
            dt.date(2013, 1, 1) + dt.timedelta(days=number),
            tuple(chance.choices(WORDS[language], k=chance.randint(10, 30))),
            has_json_ld=chance.random() < 0.3,
            comments="<p>Rosa says:</p><p>3 March 2019</p>",
            footer="<p>© 2019</p>",
            address=f"http://andes.example/article-{number}.html",
        )
        made.append(page.capture())
    return made


def print_speed(captures: list[Capture]) -> None:
    texts = [capture.content.decode() for capture in captures]
    print(
        f"{len(captures)} generated pages, {sum(map(len, texts)) // len(texts)} characters each;"
        " pages a second of one core:"
    )
    ours = paced(lambda capture: judge(claims_of(read_page(capture)), capture.address), captures)
    body = paced(lambda text: trafilatura.extract(text, fast=True, output_format="html"), texts)
    date = paced(lambda text: htmldate.find_date(text, original_date=True), texts)
    print(f"  the whole chain {ours:.0f}; trafilatura's text alone {body:.0f}; htmldate alone {date:.0f}")


def paced(work: Callable[..., object], given: list[Any]) -> float:
    work(given[0])
    began = time.process_time()
    for each in given:
        work(each)
    return len(given) / (time.process_time() - began)


# --- the public set


def public(folder: Path, every: int) -> Iterator[tuple[Capture, str]]:
    told = {
        address: facts for name in SETS for address, facts in json.loads((folder / name).read_text()).items()
    }
    for number, (address, facts) in enumerate(told.items()):
        if number % every or not isinstance(facts["date"], str):
            continue
        path = next(
            (folder / each / facts["file"] for each in FOLDERS if (folder / each / facts["file"]).is_file()),
            None,
        )
        if path:
            yield (
                Capture(address=address, content=path.read_bytes(), media_type="text/html", source=path.name),
                facts["date"],
            )


def print_public(pages: list[tuple[Capture, str]]) -> None:
    right = {"ours": 0, "htmldate": 0}
    certain: list[bool] = []
    undated = {"ours": 0, "htmldate": 0}
    for capture, day in pages:
        text = decode_page(capture.content)
        theirs = dated_by_htmldate(text, capture.address)
        ours, sure = dated(capture)
        right["htmldate"] += theirs == day
        right["ours"] += (ours or best_guess(capture) or theirs) == day
        if ours and sure >= CERTAIN:
            certain.append(ours == day)
        stripped = replace(capture, content=without_dates(text).encode(), address="http://andes.example/page")
        undated["ours"] += bool(dated(stripped)[0])
        undated["htmldate"] += bool(dated_by_htmldate(without_dates(text), "http://andes.example/page"))
    count = len(pages)
    print(f"{count} public pages (made to answer, ours takes its best claim and then htmldate's word):")
    print(
        f"  right when made to answer: ours {right['ours'] / count:.3f}, htmldate {right['htmldate'] / count:.3f}"
    )
    print(
        f"  stated as certain: {len(certain) / count:.3f} of all,"
        f" {sum(certain) / max(1, len(certain)):.3f} of them right"
    )
    print(
        f"  every trace of a date deleted, a day still stated:"
        f" ours {undated['ours'] / count:.3f}, htmldate {undated['htmldate'] / count:.3f}"
    )


def dated(capture: Capture) -> tuple[str | None, float]:
    found = judge(claims_of(read_page(capture)), capture.address)
    is_day = (
        found.published is not None
        and found.published.is_day
        and found.basis not in (Basis.TEXT, Basis.NEIGHBOURS)
    )
    return (found.published.edtf if is_day and found.published else None), found.confidence


def best_guess(capture: Capture) -> str | None:
    days = [
        claim
        for claim in claims_of(read_page(capture))
        if claim.value and claim.value.is_day and claim.witness <= Witness.PLAIN_META
    ]
    return days[0].value.edtf if days and days[0].value else None


def dated_by_htmldate(text: str, address: str) -> str | None:
    try:
        return htmldate.find_date(text, original_date=True, url=address, extensive_search=True)
    except (ValueError, RecursionError):
        return None


def without_dates(text: str) -> str:
    """A page without any trace of a day: in words, in numbers, in data and in addresses."""
    for day in reversed(list(days_in(text, order="dmy"))):
        text = text[: day.start] + text[day.end :]
    text = ISO.sub("", text)
    return re.sub(r"/(?:19|20)\d\d[/-]\d{1,2}(?:[/-]\d{1,2})?/", "/", text)


if __name__ == "__main__":
    main()
