"""What can only the whole site tell: what repeats, which day is an import's, what lists print, which numbers rise?

Filled page by page in one pass; it keeps counts, hashes and short facts, never texts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pututu.lib.dates import HonestDate
from pututu.rescue.dating.claims import Claim, Witness, claim_of, claims_of
from pututu.rescue.dating.counts import MOST, Counts
from pututu.rescue.dating.likeness import digest_of
from pututu.rescue.dating.numbers import Series, issue_of, numbered
from pututu.rescue.dating.scraped import ScrapedLists
from pututu.rescue.dating.verdict import CERTAIN, judge
from pututu.rescue.daysaid import order_of
from pututu.rescue.item import Basis, ItemKind, Quote
from pututu.rescue.reading.bodies import words_of
from pututu.rescue.reading.record import Reading, Said

HUNDREDS = 100  # items on one day: no group publishes so
MANY = 20  # on a small site, if they are a quarter of all that is dated
SHARE = 0.25
DRESSED = 6  # pages: a photograph may well stand on some stories of a small site
_NOT_THE_ITEM = {
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "print",
    "printable",
    "format",
    "sid",
    "phpsessid",
    "share",
    "replytocom",
    "amp",
}
_PRINT_VIEW = re.compile(
    r"[?&](?:print|printable|print_view)=|[?&](?:format|view|layout|tmpl)=print"
    r"|/(?:print|printer|imprimir)(?:[_-]?(?:view|friendly|version|page|article))?(?:\.\w{2,5})?(?:[/?]|$)",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](?:19|20)\d\d\b")


class SiteFacts:
    """Facts of one site. ``add`` every reading once, then ``close``; then ask."""

    def __init__(self, reading_of: Callable[[int], Reading | None] = lambda _number: None) -> None:
        """``reading_of`` gives a reading again by its number, which ``add`` was told with it."""
        self.pages = 0
        self._reading_of = reading_of
        self._blocks: Counts[int] = Counts()
        self._titles_seen: set[int] = set()
        self._standing: Counts[int] = Counts()
        self._pictures: Counts[int] = Counts()
        self._days: Counter[dt.date] = Counter()
        self._dated = 0
        self._listed: dict[str, dict[Said, str]] = defaultdict(dict)
        self._titles: Counts[int] = Counts()
        self._orders: Counter[str] = Counter()
        self._series = Series()
        self.scraped = ScrapedLists()
        self.import_days: frozenset[dt.date] = frozenset()

    # --- gathering

    def add(self, reading: Reading, number: int = 0) -> None:
        """Take in what one page adds to what is known of the site."""
        if reading.kind in (ItemKind.ERROR, ItemKind.ASSET):
            return
        self.pages += 1
        title = digest_of(reading.title)
        if title not in self._titles_seen:  # the same story at ten addresses repeats nothing
            if len(self._titles_seen) < MOST:
                self._titles_seen.add(title)
            self._blocks.update({digest_of(words_of(block)) for block in reading.blocks})
        self._pictures.update({digest_of(each.address) for each in reading.pictures})
        self._standing.update({digest_of(f"{each.title} {each.standfirst}") for each in reading.standing})
        self._titles.update({digest_of(each) for each in (reading.title, *reading.headings)})
        for said in reading.said if not order_of(reading.language) else ():
            self._learn_order(said.text)
        if reading.kind is ItemKind.LIST:
            self._add_list(reading)
        else:
            self._add_dates(reading, number)

    def _learn_order(self, text: str) -> None:
        for found in _NUMERIC.finditer(text):
            first, second = int(found[1]), int(found[2])
            if (first > 12) != (second > 12):
                self._orders["dmy" if first > 12 else "mdy"] += 1

    def _add_list(self, reading: Reading) -> None:
        self.scraped.add(reading)
        for entry in reading.entries:
            if entry.address and entry.date_line:
                said = Said(entry.extractor, entry.date_line, entry.place)
                self._listed[key_of(entry.address)][said] = reading.address

    def _add_dates(self, reading: Reading, at: int) -> None:
        claims = claims_of(reading)
        days = {
            claim.value.earliest
            for claim in claims
            if claim.witness <= Witness.LAST_MODIFIED
            and claim.value
            and claim.value.is_day
            and claim.value.earliest
        }
        self._days.update(days)
        self._dated += bool(days)
        found = judge(claims, reading.address)
        if (
            found.published
            and found.published.is_day
            and found.confidence >= CERTAIN
            and found.basis is Basis.STATED
        ):
            for number in _numbers_of(reading):
                self._series.add(number, found.published.earliest or dt.date.min, at)

    def close(self) -> None:
        """Settle what needs all pages: which days are those of an import."""
        self.import_days = frozenset(
            day
            for day, count in self._days.items()
            if count >= HUNDREDS or (count >= MANY and count >= SHARE * self._dated)
        )
        self._series.drop(self.import_days)

    # --- asking

    @property
    def order(self) -> str:
        """How the site writes days in numbers, where its own dates leave no doubt."""
        if not self._orders or (
            len(self._orders) > 1 and min(self._orders.values()) * 20 > sum(self._orders.values())
        ):
            return ""
        return self._orders.most_common(1)[0][0]

    @property
    def _many(self) -> float:
        return max(3, 0.05 * self.pages)

    def is_repeated(self, block: str) -> bool:
        """Whether a block of clean HTML stands on many pages."""
        return self._blocks[digest_of(words_of(block))] >= self._many

    def is_decoration(self, picture: str) -> bool:
        """Whether a picture, by its address, stands on many pages: it dresses the site and belongs to none of them."""
        return self._pictures[digest_of(picture)] >= max(DRESSED, self._many)

    def is_standing(self, title: str, text: str) -> bool:
        return self._standing[digest_of(f"{title} {text}")] >= min(self._many, 3)

    def is_only_the_sites(self, title: str, *, is_printed: bool = True) -> bool:
        """A title or heading that many pages share is the site's and not theirs; of a ``<title>`` fewer are enough."""
        return self._titles[digest_of(title)] >= (max(3, SHARE * self.pages) if is_printed else self._many)

    def claims_for(self, reading: Reading) -> tuple[Claim, ...]:
        """All claims about a page: its own, those of list pages, those of its neighbours; import days taken out."""
        own = [*claims_of(reading, order=self.order), *self._list_claims(reading)]
        claims = [self._without_import(claim) for claim in own if not self._is_beside_many(claim)]
        near = self._neighbour_claim(reading)
        claims += [near] if near else []
        return tuple(sorted(claims, key=lambda claim: claim.witness))

    def _list_claims(self, reading: Reading) -> list[Claim]:
        found = self._listed.get(key_of(reading.address), {})
        return [
            replace(claim_of(said, self.order, reading.language), address=address)
            for said, address in sorted(found.items(), key=lambda each: (len(each[1]), each[1]))[:5]
        ]

    def _is_beside_many(self, claim: Claim) -> bool:
        """A day that stands far from the titles of many pages is their sidebar's, and nobody's date."""
        is_far = claim.witness is Witness.DATE_LINE and "close" not in claim.said.note
        return is_far and claim.value is not None and claim.value.earliest in self.import_days

    def _without_import(self, claim: Claim) -> Claim:
        day = claim.value.earliest if claim.value and claim.value.is_day else None
        is_import = day in self.import_days and claim.witness <= Witness.LAST_MODIFIED
        return replace(claim, value=None, code="import-day") if is_import else claim

    def _neighbour_claim(self, reading: Reading) -> Claim | None:
        bounds = next(filter(None, map(self._series.bounds, _numbers_of(reading))), None)
        if not bounds:
            return None
        first, last = (near.day.isoformat() for near in bounds)
        value = HonestDate.parse(first if first == last else f"{first}/{last}")
        shown_by = tuple(quote for near in bounds for quote in self._quotes_of(near.page))
        return Claim(Witness.NEIGHBOURS, Said("neighbours", value.words(), ""), value, shown_by=shown_by)

    def _quotes_of(self, number: int) -> tuple[Quote, ...]:
        """The words that date a neighbour best."""
        reading = self._reading_of(number)
        return judge(claims_of(reading), reading.address).evidence[:1] if reading else ()


def _numbers_of(reading: Reading) -> Iterator[tuple[str, int] | None]:
    """The number in an item's address, and that of an issue in its title or date line."""
    yield numbered(reading.address)
    yield issue_of(reading.title, *(said.text for said in reading.said if said.extractor == "date-line"))


def key_of(address: str) -> str:
    """One name for the addresses of one page: without scheme, www, a fragment, and what only changes its look."""
    parts = urlsplit(address)
    host = parts.netloc.lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")
    path = re.sub(r"/(?:index|default)\.(?:html?|php|aspx?)$", "/", parts.path) or "/"
    path = re.sub(r"/(?:print|amp)/?$|(?<=.)/$", "", path)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _NOT_THE_ITEM
    ]
    return urlunsplit(("", host, path, urlencode(sorted(kept)), "")).removeprefix("//")


def is_print_view(address: str) -> bool:
    """Whether an address asks for a page as it is to be printed."""
    return bool(_PRINT_VIEW.search(address))
