"""What does the ledger tell of somebody, to staff in order of time and to themselves in full?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pututu.giving import signals, subjects
from pututu.giving.models import Declaration, Mandate, Payment, Refund
from pututu.giving.services import retained
from pututu.giving.services.catalogue import RegularGifts
from pututu.giving.services.erasing import Ledger
from pututu.giving.services.gifts import give_under
from pututu.giving.services.words import messages_about
from pututu.people import disclosure, erasure, retention, timeline
from pututu.people.disclosure import Section
from pututu.people.models import Person
from pututu.people.timeline import Entry


def tell_payments(person: Person) -> Iterator[Entry]:
    for payment in person.payments.all():
        day = payment.received_on or payment.asked_on
        facts = {
            "amount": payment.amount.words(get_language() or "en"),
            "method": payment.get_method_display(),
        }
        words = _("%(amount)s, %(method)s") % facts
        yield Entry(
            _noon(day),
            f"{words}: {payment.get_state_display()}",
            reverse("giving:payment", args=[payment.pk]),
        )
    for refund in Refund.objects.filter(payment__payer=person).select_related("payment"):
        words = f"{refund.get_kind_display()}, {refund.amount.words(get_language() or 'en')}"
        address = reverse("giving:payment", args=[refund.payment_id])
        yield Entry(
            _noon(refund.done_on or refund.asked_on), f"{words}: {refund.get_state_display()}", address
        )


def tell_mandates(person: Person) -> Iterator[Entry]:
    """When they let us take money again, and when that ended; and what was given up."""
    for each in person.mandates.all():
        yield Entry(
            each.made_at, _("Let us take money by %(method)s") % {"method": each.get_method_display()}
        )
        if each.stopped_on:
            yield Entry(_noon(each.stopped_on), _("Stopped it: no money is taken"))
        if each.ended_on:
            words = _("We take no more money by %(method)s: %(why)s")
            facts = {"method": each.get_method_display(), "why": each.ended_why}
            yield Entry(_noon(each.ended_on), words % facts)


def tell_gifts(person: Person) -> Iterator[Entry]:
    for each in person.regular_gifts.all():
        facts = {"amount": each.amount.words(get_language() or "en"), "every": each.get_months_display()}
        url = reverse("giving:regular-gift", args=[each.uid])
        yield Entry(each.made_at, _("Gives %(amount)s %(every)s") % facts, url)
        if each.ended_on:
            yield Entry(_noon(each.ended_on), _("Gives it no more: %(why)s") % {"why": each.ended_why}, url)


def tell_declarations(person: Person) -> Iterator[Entry]:
    address = reverse("giving:declarations", args=[person.uid])
    for each in person.declarations.all():
        words = _("Gift Aid declared") if each.is_given else _("Gift Aid declined")
        yield Entry(_noon(each.made_on), words, address)


def _noon(day: dt.date) -> dt.datetime:
    """A day as an instant: nobody noted the hour."""
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


# --- to themselves


def disclose_payments(person: Person) -> Section:
    labels = {
        "amount": _("Amount"),
        "currency": _("Currency"),
        "method": _("Method"),
        "state": _("State"),
        "asked_on": _("Asked for"),
        "received_on": _("Received"),
        "uses": _("What for"),
        "returned": _("What went back"),
        "note": _("Note"),
        "remarks": _("What was written about it"),
        "bank": _("What the bank wrote"),
        "uid": _("Number"),
    }
    payments = person.payments.prefetch_related("shares", "refunds", "records", "line_uses__line")
    return Section("payments", _("Payments"), labels, [_payment_row(each) for each in payments])


def _payment_row(payment: Payment) -> dict[str, object]:
    return {
        "uid": str(payment.uid),
        "amount": payment.amount.plain(),
        "currency": payment.currency,
        "method": payment.get_method_display(),
        "state": payment.get_state_display(),
        "asked_on": payment.asked_on.isoformat(),
        "received_on": payment.received_on.isoformat() if payment.received_on else "",
        "uses": "; ".join(
            f"{each.get_purpose_display()} {each.amount.plain()}" for each in payment.shares.all()
        ),
        "returned": "; ".join(
            f"{each.get_kind_display()} {each.amount.plain()}" for each in payment.refunds.all()
        ),
        "note": payment.note,
        "remarks": "; ".join(dict.fromkeys(filter(None, _remarks(payment)))),
        "bank": "; ".join(use.line.text for use in payment.line_uses.all()),
    }


def _remarks(payment: Payment) -> Iterator[str]:
    """What staff and providers wrote about a payment: why it failed, why money went back or elsewhere."""
    yield payment.failure
    yield from (each.reason for each in payment.shares.all())
    yield from (each.reason for each in payment.refunds.all())
    yield from (each.detail for each in payment.records.all())


def disclose_messages(person: Person) -> Section:
    """What providers of payments sent us, as it came."""
    labels = {"at": _("When"), "provider": _("provider"), "body": _("as it came")}
    rows = [
        {"at": each.received_at.isoformat(), "provider": each.provider, "body": each.body}
        for each in messages_about(person.payments.all()).exclude(body="")
    ]
    return Section("messages", _("What payment providers told us of you"), labels, rows)


def disclose_mandates(person: Person) -> Section:
    labels = {
        "method": _("Method"),
        "provider": _("With"),
        "since": _("Since"),
        "stopped": _("Stopped"),
        "ended": _("Ended"),
        "why": _("Why"),
        "told": _("What you were told of"),
    }
    rows = [
        {
            "method": each.get_method_display(),
            "provider": each.provider,
            "since": each.made_at.isoformat(),
            "stopped": each.stopped_on.isoformat() if each.stopped_on else "",
            "ended": each.ended_on.isoformat() if each.ended_on else "",
            "why": each.ended_why,
            "told": "; ".join(
                f"{one.told_on}: {one.amount.plain()} {one.currency}, {one.take_on}"
                for one in each.collections.all()
                if one.told_on
            ),
        }
        for each in person.mandates.prefetch_related("collections")
    ]
    return Section("mandates", _("That we may take money again"), labels, rows)


def disclose_declarations(person: Person) -> Section:
    labels = {
        "made_on": _("Made on"),
        "answer": _("What they said"),
        "first": _("For gifts from"),
        "last": _("To"),
        "name": _("Name"),
        "address": _("home address"),
        "wording": _("What they agreed to"),
        "closed": _("Closed"),
    }
    return Section(
        "declarations", "Gift Aid", labels, [_declaration_row(each) for each in person.declarations.all()]
    )


def _declaration_row(each: Declaration) -> dict[str, object]:
    return {
        "made_on": each.made_on.isoformat(),
        "answer": _("yes") if each.is_given else _("no"),
        "first": each.first.isoformat(),
        "last": each.last.isoformat() if each.last else "",
        "name": " ".join(filter(None, [each.title, each.given_names, each.family_name])),
        "address": ", ".join(filter(None, [each.address, each.postcode, each.get_country_display()])),
        "wording": each.wording,
        "closed": each.closed_why,
    }


def disclose_payer_words(person: Person) -> Section:
    rows = [{"words": each.words, "since": each.since.isoformat()} for each in person.payer_words.all()]
    return Section(
        "payer-words", _("How your bank names you"), {"words": _("Words"), "since": _("Since")}, rows
    )


def disclose_gifts(person: Person) -> Section:
    labels = {
        "amount": _("Amount"),
        "every": _("How often"),
        "method": _("Method"),
        "fund": _("Fund"),
        "first": _("From"),
        "ended": _("Ended"),
        "why": _("Why"),
    }
    rows = [
        {
            "amount": f"{each.amount.plain()} {each.currency}",
            "every": each.get_months_display(),
            "method": each.get_method_display(),
            "fund": str(each.fund or ""),
            "first": each.first.isoformat(),
            "ended": each.ended_on.isoformat() if each.ended_on else "",
            "why": each.ended_why,
        }
        for each in person.regular_gifts.select_related("fund")
    ]
    return Section("regular-gifts", _("Regular gifts"), labels, rows)


def disclose_pledges(person: Person) -> Section:
    rows = [{"at": each.at.isoformat()} for each in person.pledges.order_by("at")]
    return Section("pledges", _("When the form for gifts was sent"), {"at": _("When")}, rows)


for teller in (
    disclose_payments,
    disclose_messages,
    disclose_gifts,
    disclose_pledges,
    disclose_mandates,
    disclose_declarations,
    disclose_payer_words,
):
    disclosure.register(teller)
erasure.register("giving", Ledger())
timeline.register(tell_payments, permission="giving.view_payment")
timeline.register(tell_gifts, permission="giving.view_payment")
timeline.register(tell_mandates, permission="giving.view_payment")
timeline.register(tell_declarations, permission="giving.view_claim")
for rule in retained.RULES:
    retention.register(rule)
retention.register_tie("giving", retained.TIE)


# --- when somebody lets us take money again

subjects.register(RegularGifts())


@receiver(signals.mandate_given)
def give_again_by_itself(payment: Payment, mandate: Mandate, **_rest: Any) -> None:
    give_under(payment, mandate)
