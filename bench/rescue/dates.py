"""How right are our dates on htmldate's public set, and how honest once every trace of a date is deleted?

Rules were first made on one half of the set; later the faults of the other were looked at too. Pages of trafilatura's
set that are not in htmldate's were never looked at: only their totals are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import htmldate

from bench.rescue.texts import pages_of
from pututu.rescue.capture import Capture
from pututu.rescue.dating.claims import Witness, claims_of
from pututu.rescue.dating.verdict import CERTAIN, judge
from pututu.rescue.daysaid import days_in
from pututu.rescue.item import Basis
from pututu.rescue.reading import read_page
from pututu.rescue.reading.decoding import decode_page

SETS = ("eval_default.json", "eval_mediacloud_2020.json")
FOLDERS = ("test_set", "cache", "eval")
ISO = re.compile(r"(?:19|20)\d\d-?[01]\d-?[0-3]\d(?:[T ]?\d\d:?\d\d[^\"'<\s]{0,14})?|\b1[0-9]{9}(?:\d{3})?\b")
NOWHERE = "http://andes.example/page"


@dataclass(frozen=True, slots=True)
class PublicPage:
    """One page of the set, the day that the set names, and whether it is of the half that rules were not made on."""

    capture: Capture
    day: str
    is_of_second_half: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one page: by us (a day or None, and how sure), by us when made to answer, and by htmldate."""

    page: PublicPage
    ours: str | None
    sure: float
    forced: str | None
    theirs: str | None
    ours_undated: str | None
    theirs_undated: str | None
    changes: frozenset[str]  # the days on which the page itself says that it was changed

    @property
    def is_certain(self) -> bool:
        return self.ours is not None and self.sure >= CERTAIN


def unseen(folder: Path, known: Path, every: int) -> Iterator[PublicPage]:
    """The dated pages of trafilatura's set (``folder``) that are not in htmldate's (``known``)."""
    told = [json.loads((known / name).read_text()) for name in SETS]
    names = {bare(address) for each in told for address in each}
    files = {facts["file"] for each in told for facts in each.values()}
    for address, content, facts in pages_of(folder, every):
        day = facts.get("date")
        if bare(address) in names or facts["file"] in files or not re.fullmatch(r"\d{4}-\d\d-\d\d", str(day)):
            continue
        capture = Capture(address=address, content=content, media_type="text/html", source=facts["file"])
        yield PublicPage(capture, day, True)


def bare(address: str) -> str:
    return address.partition("://")[2].removeprefix("www.").rstrip("/").lower()


def public(folder: Path, every: int) -> Iterator[PublicPage]:
    told = {
        address: facts for name in SETS for address, facts in json.loads((folder / name).read_text()).items()
    }
    for number, (address, facts) in enumerate(told.items()):
        if number % every or not isinstance(facts["date"], str):
            continue
        places = (folder / each / facts["file"] for each in FOLDERS)
        path = next((place for place in places if place.is_file()), None)
        if path:
            capture = Capture(
                address=address, content=path.read_bytes(), media_type="text/html", source=path.name
            )
            yield PublicPage(capture, facts["date"], bool(number % 2))


def print_public(pages: list[PublicPage]) -> None:
    answers = [answered(page) for page in pages]
    print_answers(
        "the first half, on which rules were made first", [a for a in answers if not a.page.is_of_second_half]
    )
    print_answers("the other half", [a for a in answers if a.page.is_of_second_half])
    print_answers("the whole set", answers)


def print_unseen(pages: list[PublicPage]) -> None:
    answers = [answered(page) for page in pages]
    print_answers("dated pages of trafilatura's set that are not in it and were never looked at", answers)


def answered(page: PublicPage) -> Answer:
    text = decode_page(page.capture.content)
    theirs = dated_by_htmldate(text, page.capture.address)
    ours, sure, best, changes = dated(page.capture)
    undated = without_dates(text)
    ours_undated = dated(replace(page.capture, content=undated.encode(), address=NOWHERE))[0]
    forced = ours or best or theirs
    theirs_undated = dated_by_htmldate(undated, NOWHERE)
    return Answer(page, ours, sure, forced, theirs, ours_undated, theirs_undated, changes)


def print_answers(called: str, answers: list[Answer]) -> None:
    if not answers:
        return
    certain = [a for a in answers if a.is_certain]
    wrong = [a for a in certain if a.ours != a.page.day]
    right = sum(a.ours == a.page.day for a in answers)
    print(f"htmldate's set, {called}, {len(answers)} pages:")
    print(
        f"  right when made to answer: ours {share(answers, 'forced')}, htmldate {share(answers, 'theirs')}"
    )
    nowhere = [a for a in wrong if not names(a.page)]
    changed = [a for a in wrong if a not in nowhere and a.page.day in a.changes]
    other = (len(wrong) - len(nowhere) - len(changed)) / max(1, len(certain) - len(nowhere) - len(changed))
    print(
        f"  stated as certain: {len(certain) / len(answers):.3f} of all,"
        f" {1 - len(wrong) / max(1, len(certain)):.4f} of them right; of the {len(wrong)} others the set's day stands"
        f" nowhere on {len(nowhere)} of the pages and is, by the page's own word, that of a change on {len(changed)};"
        f" {1 - other:.4f} right without those"
    )
    print(f"  stated at all and right: {right / len(answers):.3f}")
    stated = sum(a.ours_undated is not None for a in answers) / len(answers)
    theirs = sum(a.theirs_undated is not None for a in answers) / len(answers)
    print(f"  every trace of a date deleted, a day still stated: ours {stated:.3f}, htmldate {theirs:.3f}")


def share(answers: list[Answer], name: str) -> str:
    return f"{sum(getattr(a, name) == a.page.day for a in answers) / len(answers):.3f}"


def dated(capture: Capture) -> tuple[str | None, float, str | None, frozenset[str]]:
    """The day that we state, how sure it is, the best claim where none is stated, and days of changes."""
    claims = claims_of(read_page(capture))
    found = judge(claims, capture.address)
    is_day = (
        found.published is not None
        and found.published.is_day
        and found.basis not in (Basis.TEXT, Basis.NEIGHBOURS)
    )
    days = [c.value.edtf for c in claims if c.value and c.value.is_day and c.witness <= Witness.PLAIN_META]
    best = next(iter(days), None)
    changes = frozenset(c.value.edtf for c in claims if c.value and c.witness is Witness.CHANGED)
    stated = found.published.edtf if is_day and found.published else None
    return stated, found.confidence, best, changes


def dated_by_htmldate(text: str, address: str) -> str | None:
    try:
        return htmldate.find_date(text, original_date=True, url=address, extensive_search=True)
    except (ValueError, RecursionError):
        return None


def names(page: PublicPage) -> bool:
    """Whether the day that the set names stands anywhere in the page or its address."""
    text = f"{page.capture.address} {decode_page(page.capture.content)}"
    year, month, day = page.day.split("-")
    if re.search(rf"(?<!\d){year}[-/.]?0?{int(month)}[-/.]?0?{int(day)}(?!\d)", text):
        return True
    found = (day for order in ("dmy", "mdy") for day in days_in(text, order=order))
    return any(each.value and each.value.edtf == page.day for each in found)


def without_dates(text: str) -> str:
    """A page without any trace of a day: in words, in numbers, in data and in addresses."""
    for day in reversed(list(days_in(text, order="dmy"))):
        text = text[: day.start] + text[day.end :]
    text = ISO.sub("", text)
    text = re.sub(r"/(?:19|20)\d\d/[a-z]{3,9}/\d{1,2}(?=/)", "/", text)
    text = re.sub(r"/\d{1,2}([._-])\d{1,2}\1(?:19|20)\d\d(?!\d)|/\d{4}(?:19|20)\d\d(?=[/.-])", "/", text)
    return re.sub(r"/(?:19|20)\d\d[/-]\d{1,2}(?:[/-]\d{1,2})?/", "/", text)
