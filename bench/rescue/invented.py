"""How well is an invented old site rescued, whose truth is known, how fast, and what is inferred of hidden days?"""

from __future__ import annotations

import random
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace

from pututu.rescue.dating.site import read_site
from pututu.rescue.invented import captures_of, invent_site
from pututu.rescue.invented.scoring import score
from pututu.rescue.invented.site import InventedPage
from pututu.rescue.item import Basis, OldItem

HIDDEN = 5  # of so many items one
_NUMBER = re.compile(rb"((?:article|event)-|print\.php\?id=|/\?p=|/way/)(\d+)")
_DATE_LINE = re.compile(rb"(<p class='date'>|<p><font size=1>|</h1><p>)[^<]*(</)")
_ON_A_LIST = re.compile(rb"(<a href='/(?:article|event)-(\d+)\.html'>[^<]*</a><br><i>)[^<]*(</i>)")


def print_invented(items: int) -> None:
    pages = list(invent_site(items))
    began = time.process_time()
    found = rescued(pages)
    seconds = time.process_time() - began
    count = len(list(captures_of(pages)))
    print(f"An invented site of {count} pages, {count / seconds:.0f} pages a second of one core:")
    for line in score(found, pages).lines():
        print(f"  {line}")


def rescued(pages: list[InventedPage]) -> list[OldItem]:
    return [each for each in read_site(captures_of(pages)) if isinstance(each, OldItem)]


def print_hidden(items: int) -> None:
    """Hide the day of every fifth item on all pages, and see what is inferred; then the same with mixed numbers."""
    for called, is_mixed in (("numbers that rise with the days", False), ("numbers that do not", True)):
        pages = [hidden(page) for page in invent_site(items)]
        pages = mixed(pages) if is_mixed else pages
        print(f"The day of every fifth item hidden, {called}:")
        for line in inferred(rescued(pages), pages):
            print(f"  {line}")


def hidden(page: InventedPage) -> InventedPage:
    """The page without the days of every fifth item: its own, or those that it lists."""
    number = number_of(page.address)
    content = _ON_A_LIST.sub(
        lambda each: each[1] + each[3] if int(each[2]) % HIDDEN == 0 else each[0], page.content
    )
    if number and number % HIDDEN == 0:
        content = _DATE_LINE.sub(rb"\1\2", content, count=1)
        return replace(page, content=content, truth=replace(page.truth, stated="", stand_in=None))
    return replace(page, content=content)


def number_of(address: str) -> int:
    found = _NUMBER.search(address.encode())
    return int(found[2]) if found else 0


def mixed(pages: list[InventedPage]) -> list[InventedPage]:
    """The same pages with their numbers exchanged by chance, in addresses and links alike."""
    numbers = sorted({number_of(page.address) for page in pages} - {0})
    other = dict(zip(numbers, random.Random(7).sample(numbers, len(numbers)), strict=True))

    def exchanged(text: bytes) -> bytes:
        return _NUMBER.sub(lambda each: each[1] + b"%d" % other.get(int(each[2]), int(each[2])), text)

    return [
        InventedPage(
            exchanged(page.address.encode()).decode(),
            exchanged(page.content),
            replace(page.truth, same_as=exchanged(page.truth.same_as.encode()).decode()),
            exchanged(page.leads_to.encode()).decode(),
        )
        for page in pages
    ]


def inferred(found: list[OldItem], pages: list[InventedPage]) -> Iterator[str]:
    truths = {page.address: page.truth for page in pages if page.truth.day and not page.truth.stated}
    lost = [
        (item, truths[item.address].day) for item in found if item.address in truths and not item.duplicate_of
    ]
    bounded = [
        (item.published, day) for item, day in lost if item.published and item.basis is not Basis.STATED
    ]
    true = [date for date, day in bounded if date and day and date.overlaps(day, day)]
    stated = sum(item.published is not None and item.basis is Basis.STATED for item, _day in lost)
    yield f"{len(lost)} items without a day, {stated} of them stated, {len(bounded)} bounded"
    if bounded:
        wide = [
            (date.latest - date.earliest).days
            for date, _ in bounded
            if date and date.latest and date.earliest
        ]
        yield f"bounds that hold the day: {len(true) / len(bounded):.3f}"
        yield f"days between two bounds, at the median: {statistics.median(wide):.0f}"
