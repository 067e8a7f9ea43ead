"""How is a declaration taken and closed, and how does a claim come about?"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from pututu.giving import subjects
from pututu.giving.models import Payment, Purpose, Refund, Share
from pututu.giving.models.gift_aid import Claim, ClaimLine, Declaration, GiftAidSettings, donor_of
from pututu.giving.rules import gift_aid as rules
from pututu.giving.rules.batches import in_batches
from pututu.giving.services.ledger import uses_of
from pututu.lib.money import Money
from pututu.people.models import Person


class NothingToClaim(Exception):
    """There is no gift on which tax can be claimed, and nothing to put right."""


class IsOff(Exception):
    """The group does not claim Gift Aid: the switch in its settings is off."""


class HandedIn(Exception):
    """The claim was handed in: it can't be withdrawn. What is wrong with it is put right by the next one."""


@transaction.atomic
def declare(
    person: Person,
    *,
    made_on: dt.date,
    first: dt.date,
    how: str,
    wording: str,
    last: dt.date | None = None,
    is_given: bool = True,
    donor: rules.Donor | None = None,
    by: Any = None,
) -> Declaration:
    """Take a declaration with the person's name and address as they are now; it closes those that are open.

    ``donor`` is the name and address that they wrote with it, where that is not what their record has. A "no" is kept
    as a row that covers nothing. The same statement twice is one.
    """
    said = donor or donor_of(person)
    columns = {
        "person": person,
        "is_given": is_given,
        "made_on": made_on,
        "first": first,
        "last": last,
        "how": how,
        "wording": wording,
        "title": said.title,
        "given_names": said.given_names,
        "family_name": said.family_name,
        "address": said.address,
        "postcode": said.postcode,
        "country": said.country,
    }
    found = Declaration.objects.filter(closed_at=None, **columns).first()
    if found:
        return found
    for earlier in person.declarations.filter(closed_at=None, made_on__lte=made_on):
        close_declaration(
            earlier, last=max(earlier.first, made_on - dt.timedelta(1)), reason="A newer one", by=by
        )
    return Declaration.objects.create(by=by, **columns)


@transaction.atomic
def close_declaration(declaration: Declaration, *, last: dt.date, reason: str, by: Any = None) -> bool:
    """End a declaration with ``last`` as its last day, if it does not end before; False where it was closed already."""
    end = max(last, declaration.first)
    closed = Declaration.objects.filter(pk=declaration.pk, closed_at=None).update(
        last=min(end, declaration.last or end), closed_at=timezone.now(), closed_why=reason[:300]
    )
    declaration.refresh_from_db()
    return bool(closed)


# --- what can be claimed


@dataclass(frozen=True)
class Judged:
    """A received payment, the part of it that can be a gift, and what the rules say of it."""

    payment: Payment
    amount: Money
    verdict: rules.Verdict


def judged(*, today: dt.date) -> Iterator[Judged]:
    """Judge every received payment with a part that can be a gift, that is not too old and stands on no claim yet.

    Oldest first.
    """
    settings = GiftAidSettings.load()
    first = rules.first_day_to_claim(today, year_begins=settings.year_begins)
    claimed = ClaimLine.objects.filter(is_void=False, minor__gt=0).values("payment")
    gifts = Share.objects.filter(purpose__in=_kinds(settings)).values("payment")
    payments = Payment.objects.received_in(first, today).filter(pk__in=gifts).exclude(pk__in=claimed)
    rows = payments.order_by("received_on", "pk").select_related("payer")
    found = list(rows.prefetch_related("shares", "payer__declarations"))
    others = _dues_of_others(found)
    for payment in found:
        amount = _gift_in(payment, settings)
        if amount.minor > 0:
            own = Money(amount.minor - others.get(payment.pk, 0), amount.currency)
            gift = _as_gift(payment, own)
            amount = own if own.minor > 0 else amount
            declarations = [each.as_rule for each in _declarations_of(payment) if each.is_given]
            yield Judged(
                payment,
                amount,
                rules.judge(gift, declarations, today=today, year_begins=settings.year_begins),
            )


def _kinds(settings: GiftAidSettings) -> set[str]:
    """The purposes of money that count as gifts here."""
    return {Purpose.GIFT, Purpose.MEMBERSHIP} if settings.are_dues_gifts else {Purpose.GIFT}


def _gift_in(payment: Payment, settings: GiftAidSettings) -> Money:
    kinds = _kinds(settings)
    minor = sum(minor for use, minor in uses_of(payment).items() if use.purpose in kinds)
    return Money(minor, payment.currency)


def _dues_of_others(payments: Iterable[Payment]) -> dict[int, int]:
    """How much of each payment bought a membership that its payer has no part in, by the payment's key."""
    dues = [
        (payment, use.about, minor)
        for payment in payments
        for use, minor in uses_of(payment).items()
        if use.purpose == Purpose.MEMBERSHIP and use.about
    ]
    known: dict[uuid.UUID, subjects.Subject] = {}
    for some in in_batches({about for _payment, about, _minor in dues}):
        known |= subjects.describe(some)
    found: dict[int, int] = defaultdict(int)
    for payment, about, minor in dues:
        if about in known and payment.payer_id not in known[about].people:
            found[payment.pk] += minor
    return found


def _as_gift(payment: Payment, amount: Money) -> rules.Gift:
    assert payment.received_on, "the database itself holds that a confirmed payment has its day"
    return rules.Gift(
        amount,
        payment.received_on,
        is_for_another=amount.minor <= 0,
        is_from_somebody=payment.payer is not None,
        is_from_a_person=payment.payer is not None and payment.payer.kind == Person.Kind.PERSON,
    )


def _declarations_of(payment: Payment) -> Iterable[Declaration]:
    return payment.payer.declarations.all() if payment.payer else ()


# --- claims


@transaction.atomic
def make_claim(*, today: dt.date, by: Any = None) -> Claim:
    """Freeze all that can be claimed today, and what earlier claims had too much. Raises IsOff or NothingToClaim.

    Nobody else can claim the same gift at the same time: the database holds that each stands on one claim.
    """
    if not GiftAidSettings.load().is_on:
        raise IsOff
    found = [each for each in judged(today=today) if each.verdict.declaration]
    back = list(_gone_back())
    if not found and not back:
        raise NothingToClaim
    rows = [asdict(_row(each)) for each in found]
    claim = Claim.objects.create(
        by=by,
        rows=rows,
        sha256=hash_of(rows),
        minor=sum(each.amount.minor for each in found),
        tax_minor=rules.tax_on(each.amount for each in found).minor,
        adjustment_minor=rules.tax_on(Money(minor, "GBP") for _line, minor in back).minor,
    )
    ClaimLine.objects.bulk_create(_lines(claim, found, back))
    return claim


def _row(each: Judged) -> rules.Row:
    assert each.verdict.declaration
    received_on = each.payment.received_on
    assert received_on
    return rules.schedule_row(each.verdict.declaration.donor, each.amount, received_on=received_on)


def _lines(claim: Claim, found: list[Judged], back: list[tuple[ClaimLine, int]]) -> Iterator[ClaimLine]:
    for each in found:
        assert each.verdict.declaration
        yield ClaimLine(
            claim=claim,
            payment=each.payment,
            declaration_id=each.verdict.declaration.key,
            minor=each.amount.minor,
        )
    for line, minor in back:
        yield ClaimLine(claim=claim, payment=line.payment, declaration=line.declaration, minor=-minor)


def _gone_back() -> Iterator[tuple[ClaimLine, int]]:
    """The lines of earlier claims whose gift shrank since, with how much of it was claimed and is gone."""
    settings = GiftAidSettings.load()
    returned = Refund.objects.filter(state=Refund.State.DONE).values("payment")
    lines = ClaimLine.objects.filter(minor__gt=0, is_void=False, payment__in=returned)
    for line in lines.select_related("payment", "declaration"):
        standing = line.payment.claim_lines.filter(is_void=False).aggregate(sum=Sum("minor"))["sum"]
        gone = standing - max(0, _gift_in(line.payment, settings).minor)
        if gone > 0:
            yield line, gone


def hash_of(rows: list[dict[str, str]]) -> str:
    """The SHA-256 of a schedule, over its rows as canonical JSON."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@transaction.atomic
def hand_in(claim: Claim, *, on: dt.date) -> bool:
    """Note that a claim was handed in; False where that was noted already, or it was withdrawn."""
    done = Claim.objects.filter(pk=claim.pk, state=Claim.State.FROZEN).update(
        state=Claim.State.SENT, sent_on=on
    )
    claim.refresh_from_db()
    return bool(done)


@transaction.atomic
def withdraw_claim(claim: Claim) -> None:
    """Take a claim back that was not handed in: its gifts can be claimed again. Raises HandedIn."""
    if not Claim.objects.filter(pk=claim.pk, state=Claim.State.FROZEN).update(state=Claim.State.WITHDRAWN):
        claim.refresh_from_db()
        if claim.state == Claim.State.SENT:
            raise HandedIn
        return
    claim.lines.update(is_void=True)
    claim.refresh_from_db()
