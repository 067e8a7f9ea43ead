"""Who of those that are known, or stand further up in the same list, may a row be about?"""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings

from pututu.people.models import ImportRow, ImportRun, Person, PersonEmail, Suppression
from pututu.people.rules import bare_postcode, fold_address, likeness, same_words
from pututu.people.rules.rows import Candidate, Known, Row, Verdict
from pututu.people.services.consent import address_hash


def keys_of(row: Row) -> tuple[str, str]:
    """The keyed hashes by which two lines are known to have the same address (or name and postcode), and name."""
    name = same_words(row.name)
    what = (
        fold_address(row.email) if row.email else f"{name} | {bare_postcode(row.columns.get('postcode', ''))}"
    )
    return _hash(what), _hash(name)


def _hash(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def likeness_of(row: Row) -> str:
    return likeness(row.name, row.columns.get("postcode", ""))


class Crowd:
    """Those who have an address, or a name and postcode, in order, however many: who decides is found at once.

    The rule (``rows.judge``) asks who is first, whether there is only one, and who of them has the name of the row. Two
    of each are enough to answer that.
    """

    ENOUGH = 2

    def __init__(self) -> None:
        self.first: list[Candidate] = []
        self.named: dict[str, list[Candidate]] = defaultdict(list)

    def add(self, candidate: Candidate, name: str) -> None:
        """``name`` is the key of the candidate's name."""
        for some in (self.first, self.named[name]):
            if len(some) < self.ENOUGH:
                some.append(candidate)

    def those_who_decide(self, name: str) -> list[Candidate]:
        """The first, and those of the name."""
        named = self.named.get(name, [])
        return list(dict.fromkeys([*self.first, *named]))


class Recognition:
    """What is known of the addresses, names and postcodes of some rows, asked of the database once for all of them."""

    def __init__(self, rows: Iterable[Row], *, run: ImportRun | None = None) -> None:
        """``run`` is the list whose lines further up count too, as they do while it is only tried."""
        rows = list(rows)
        self.at_address = _at_addresses({fold_address(row.email) for row in rows if row.email})
        self.there = {address: _crowd(some) for address, some in self.at_address.items()}
        self.alike = _alike({likeness_of(row) for row in rows} - {""})
        hashes = {address_hash(row.email) for row in rows if row.email}
        erased = Suppression.objects.filter(address_hash__in=hashes, reason=Suppression.Reason.ERASED)
        self.erased = set(erased.values_list("address_hash", flat=True))
        self.earlier: dict[str, Crowd] = defaultdict(Crowd)
        keys = {keys_of(row)[0] for row in rows} if run else set()
        lines = ImportRow.objects.filter(run=run, key__in=keys, verdict=Verdict.ADD, done_at=None)
        # Sorted here: asked for in order, SQLite would walk all lines of the list for each batch.
        for line, key, name_key in sorted(lines.order_by().values_list("line", "key", "name_key")):
            self.earlier[key].add(Candidate(None, name_key, line), name_key)

    def remember(self, row: Row, line: int) -> None:
        """Let further rows of the batch know that this one stands above them."""
        key, name_key = keys_of(row)
        self.earlier[key].add(Candidate(None, name_key, line), name_key)

    def known(self, row: Row) -> Known:
        """What is known of one of the rows, as far as it decides."""
        crowd = self.there.get(fold_address(row.email)) if row.email else None
        at_address = crowd.those_who_decide(same_words(row.name)) if crowd else []
        key, own = keys_of(row)
        lines = [
            Candidate(None, row.name if each.name == own else "", each.line)
            for each in self.earlier[key].those_who_decide(own)
        ]
        like = likeness_of(row)
        return Known(
            is_erased=bool(row.email) and address_hash(row.email) in self.erased,
            at_address=(*at_address, *(lines if row.email else [])),
            of_name_and_postcode=(*self.alike.get(like, ()), *([] if row.email or not like else lines)),
        )


def _crowd(candidates: Iterable[Candidate]) -> Crowd:
    found = Crowd()
    for each in candidates:
        found.add(each, same_words(each.name))
    return found


def _at_addresses(folded: set[str]) -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = defaultdict(list)
    links = PersonEmail.objects.filter(
        email__folded__in=folded, person__erased_at=None, person__merged_into=None
    ).order_by("pk")
    for address, pk, name in links.values_list("email__folded", "person_id", "person__name"):
        found[address].append(Candidate(pk, name))
    return found


def _alike(likenesses: set[str]) -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = defaultdict(list)
    people = Person.objects.known().filter(likeness__in=likenesses).order_by("pk")
    for like, pk, name in people.values_list("likeness", "pk", "name"):
        found[like].append(Candidate(pk, name))
    return found
