"""How is money taken that comes again by itself?

``take_regular_payments`` is run by the clock and can be repeated at any time, also after it was killed: what is to be
taken is written down and committed before a provider is asked, and asked again it looks for the earlier try first. So
nobody is charged twice, and a decline is tried again only as ``rules.charging`` says.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from pututu.giving.models import Collection, Mandate, Method, Payment, Refund, Share
from pututu.giving.providers import NobodyTakesIt, provider_named
from pututu.giving.providers.contract import MandateOver, ProviderDown
from pututu.giving.rules import Part
from pututu.giving.rules.charging import Course, Outcome, Step, Told, Try, next_step, tell
from pututu.giving.services.events import write_down
from pututu.giving.services.gifts import await_regular_gifts
from pututu.giving.services.ledger import ask_payment, cancel_payment, fail_payment, kept
from pututu.giving.services.mandates import end_mandate, end_what_is_over, tell_providers
from pututu.giving.services.notices import send_notice, tell_given_up
from pututu.giving.subjects import Taking, takings

LEAD = {Method.DIRECT_DEBIT: 5}  # working days; BACS wants three, and a mandate that is new some more
UNDER_WAY_FOR = dt.timedelta(days=60)
"""Money that was promised without a provider longer than this before the day is not waited for."""
TRIES_LOOKED_AT = 10

logger = logging.getLogger(__name__)


@dataclass
class Taken:
    """What one run did: payers told, payments asked for, given up, and what failed and is tried again."""

    told: int = 0
    asked: int = 0
    given_up: int = 0
    failed: int = 0


def take_regular_payments(today: dt.date) -> Taken:
    """Do all that is due today for money that comes by itself. Asks the network, so never inside a transaction."""
    end_what_is_over(today)
    await_regular_gifts(today)
    done = Taken()
    for payment in unsent():
        _one(done, partial(_send, payment, today))
    for taking in takings(today):
        _one(done, partial(_step, taking, today, done))
    done.failed += tell_providers()
    return done


def _one(done: Taken, act: Callable[[], object]) -> None:
    """Do one thing; a failure is counted, logged, and keeps no other back."""
    try:
        act()
    except (ProviderDown, NobodyTakesIt, OSError) as error:
        logger.warning("Money that comes by itself: %s", type(error).__name__)
        done.failed += 1
    except Exception:
        logger.exception("Money that comes by itself could not be seen to.")
        done.failed += 1


def unsent() -> list[Payment]:
    """Payments written down to be taken whose provider was not asked yet, or whose answer got lost."""
    return list(
        Payment.objects.pending()
        .filter(mandate__isnull=False, provider_reference="")
        .select_related("mandate", "payer")
    )


# --- one period of one thing


def _step(taking: Taking, today: dt.date, done: Taken) -> None:
    collection = _collection(taking)
    if collection.given_up_on:
        return
    step = next_step(today, course_of(collection), minor=taking.price.minor)
    if step in (Step.TELL, Step.TAKE) and _is_under_way(taking):
        return
    if step is Step.TELL:
        done.told += _tell(taking, collection, today)
    elif step is Step.TAKE:
        done.asked += _take(taking, collection, today)
    elif step is Step.GIVE_UP:
        done.given_up += give_up(taking, collection, today, why="It could not be taken.")


def _collection(taking: Taking) -> Collection:
    """The row of this period; whose payer gave another mandate meanwhile is told anew."""
    row, _is_new = Collection.objects.get_or_create(
        about=taking.about,
        due_on=taking.due_on,
        defaults={
            "mandate": taking.mandate,
            "minor": taking.price.minor,
            "currency": taking.price.currency,
        },
    )
    if row.mandate_id != taking.mandate.pk:
        row.mandate, row.told_on, row.given_up_on, row.given_up_why = taking.mandate, None, None, ""
        row.save()
    return row


def course_of(collection: Collection) -> Course:
    """What happened so far, as the rules know it."""
    told = None
    if collection.told_on and collection.ask_on and collection.take_on:
        told = Told(collection.told_on, collection.ask_on, collection.take_on, collection.minor)
    keys = [collection.payment_key(number) for number in range(1, TRIES_LOOKED_AT)]
    payments = Payment.objects.filter(key__in=keys, mandate=collection.mandate).order_by("pk")
    lead = LEAD.get(Method(collection.mandate.method), 0)
    return Course(collection.due_on, lead, told, tuple(_try(each) for each in payments))


def _try(payment: Payment) -> Try:
    if payment.state == Payment.State.PENDING:
        return Try(Outcome.UNDER_WAY)
    settled = timezone.localdate(payment.settled_at) if payment.settled_at else payment.asked_on
    if payment.state != Payment.State.CONFIRMED:
        return Try(Outcome.DECLINED, settled)
    if kept(payment):
        return Try(Outcome.CAME, settled)
    last = payment.refunds.filter(state=Refund.State.DONE).order_by("pk").last()
    failed = last is not None and last.kind == Refund.Kind.LATE_FAILURE
    return Try(Outcome.DECLINED if failed else Outcome.TAKEN_BACK, last.done_on if last else settled)


def _is_under_way(taking: Taking) -> bool:
    """Whether other money for the same is to come: at a provider, or promised not long ago."""
    lately = Q(payment__asked_on__gte=taking.due_on - UNDER_WAY_FOR) | ~Q(payment__provider="offline")
    return Share.objects.filter(lately, about=taking.about, payment__state=Payment.State.PENDING).exists()


def _tell(taking: Taking, collection: Collection, today: dt.date) -> int:
    """Tell the payer, where a letter can reach them and the mandate still stands; 0 where it can't."""
    over = provider_named(taking.mandate.provider).mandate_over(taking.mandate)
    if over:
        give_up(taking, collection, today, why=over, is_told=True)
        return 0
    told = tell(today, course_of(collection), minor=taking.price.minor)
    if not send_notice(taking, told):
        return 0
    Collection.objects.filter(pk=collection.pk, given_up_on=None).update(
        minor=told.minor, told_on=told.on, ask_on=told.ask_on, take_on=told.take_on
    )
    return 1


def _take(taking: Taking, collection: Collection, today: dt.date) -> int:
    payment = _write_down_to_take(taking, collection, today)
    return _send(payment, today) if payment else 0


@transaction.atomic
def _write_down_to_take(taking: Taking, collection: Collection, today: dt.date) -> Payment | None:
    """Write down, before any provider is asked, what is to be taken; None where that is not so any more."""
    rows = Mandate.objects.select_for_update(of=("self",)).select_related("payer")
    mandate = rows.get(pk=taking.mandate.pk)
    course = course_of(collection)
    if not mandate.may_be_used or not _is_wanted(collection, today) or _is_under_way(taking):
        return None
    if next_step(today, course, minor=taking.price.minor) is not Step.TAKE:
        return None
    payment = ask_payment(
        mandate.payer,
        collection.amount,
        method=mandate.method,
        key=collection.payment_key(_number(collection)),
        asked_on=today,
        parts=[Part(collection.minor, taking.use)],
        provider=mandate.provider,
        mandate=mandate,
    )
    return payment if payment.state == Payment.State.PENDING else None


def _number(collection: Collection) -> int:
    """The number of the next try, counted over all mandates of the period."""
    keys = [collection.payment_key(number) for number in range(1, TRIES_LOOKED_AT)]
    return Payment.objects.filter(key__in=keys).count() + 1


def _is_wanted(collection: Collection, today: dt.date) -> bool:
    """Whether this money is still to be taken, as whoever sells the thing says now."""
    return any(
        each.due_on == collection.due_on
        and each.mandate.pk == collection.mandate_id
        and each.price == collection.amount
        for each in takings(today, about=collection.about)
    )


def _send(payment: Payment, today: dt.date) -> int:
    """Ask the provider for a payment that is written down; 1 where it was asked.

    What is not wanted any more is given up, once the provider has said that no earlier try reached it.
    """
    mandate = payment.mandate
    assert mandate is not None, "only money under a mandate is taken"
    collection = _collection_of(payment)
    provider = provider_named(payment.provider)
    try:
        if mandate.may_be_used and collection and _is_wanted(collection, today):
            remote = provider.charge(payment, mandate, take_on=collection.take_on or today)
        else:
            found = provider.find_charge(payment, mandate)
            if found is None:
                cancel_payment(payment, reason="It was not wanted any more.")
                return 0
            remote = found
    except MandateOver as over:
        _over(payment, mandate, collection, today, why=str(over))
        return 0
    write_down(payment, remote)
    return 1


def _over(
    payment: Payment, mandate: Mandate, collection: Collection | None, today: dt.date, *, why: str
) -> None:
    """The provider takes nothing under this mandate any more: give up, and tell the payer."""
    fail_payment(payment, reason=why)
    taking = next((each for each in takings(today, about=collection.about)), None) if collection else None
    if collection and taking:
        give_up(taking, collection, today, why=why, is_told=True)
    else:
        end_mandate(mandate, on=today, why=why, is_told=True)


def _collection_of(payment: Payment) -> Collection | None:
    parts = payment.key.split(":")
    is_ours = len(parts) == 3 and parts[0] == "take" and parts[1].isdecimal()
    return Collection.objects.filter(pk=parts[1]).select_related("mandate").first() if is_ours else None


@transaction.atomic
def give_up(
    taking: Taking, collection: Collection, today: dt.date, *, why: str, is_told: bool = False
) -> bool:
    """Take this money no more: end the mandate and tell the payer, who is asked as others are from then on."""
    given_up = Collection.objects.filter(pk=collection.pk, given_up_on=None).update(
        given_up_on=today, given_up_why=why[:300]
    )
    end_mandate(taking.mandate, on=today, why=why, is_told=is_told)
    if given_up:
        tell_given_up(taking)
    return bool(given_up)
