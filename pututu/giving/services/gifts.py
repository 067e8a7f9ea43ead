"""How does somebody give, once or again and again, and how does that change and end?"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pututu.giving.models import Declaration, Fund, Mandate, Method, Payment, Pledge, Purpose, RegularGift
from pututu.giving.providers.contract import Checkout
from pututu.giving.rules import Part, Use
from pututu.giving.rules.gift_aid import Donor, reaches_back_to
from pututu.giving.services.checkout import RENEWING, Begun, begin_payment
from pututu.giving.services.gift_aid import declare
from pututu.giving.services.ledger import ask_payment, cancel_payment
from pututu.giving.services.mandates import end_mandate
from pututu.lib.money import Money
from pututu.people.models import AccessRecord, EmailAddress, Person
from pututu.people.rules import Purpose as MailPurpose
from pututu.people.services import ask_consent, log_access, permission, take_down
from pututu.people.services.consent import note_service
from pututu.people.services.mail import own_page_url, post

AWAITED_FROM = dt.timedelta(days=5)
"""A standing order is awaited from so many days before its day."""
AWAITED_LATE = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Offer:
    """What the gift form said. ``months`` is 0 for once; ``donor`` declared Gift Aid in the words of ``wording``."""

    key: uuid.UUID
    name: str
    email: str
    amount: Money
    months: int
    method: str
    language: str
    page: str
    fund: Fund | None = None
    donor: Donor | None = None
    wording: str = ""


@transaction.atomic
def pledge(offer: Offer, *, at: dt.datetime) -> Pledge:
    """Write down who means to give, and a gift that comes again; the same key again changes nothing.

    What is known of somebody is left as it is: anybody can fill the form in. Raises AddressError.
    """
    found, is_new = Pledge.objects.get_or_create(key=offer.key)
    if not is_new:
        return found
    on = timezone.localdate(at)
    found.person, email = take_down(
        offer.name, offer.email, language=offer.language, came_by=offer.page[:200]
    )
    if offer.months:
        found.gift = _regular(found.person, offer, on=on)
    found.save(update_fields=["person", "gift"])
    note_service(found.person, email, MailPurpose.PAYMENTS, page=offer.page, language=offer.language)
    _ask_whether_it_was_they(found.person, email, offer)
    if offer.donor:
        _declare(found.person, offer, on=on)
    return found


def _ask_whether_it_was_they(person: Person, email: EmailAddress, offer: Offer) -> None:
    """Write to an address that was closed by an erasure, and to no other: nothing else may go there before."""
    with translation.override(offer.language):
        told = _("Letters about the gift that was promised here: how to pay, and receipts")
    ask_consent(
        person,
        email,
        (),
        wording="",
        page=offer.page,
        language=offer.language,
        service={MailPurpose.PAYMENTS: told},
    )


def _regular(person: Person, offer: Offer, *, on: dt.date) -> RegularGift:
    return RegularGift.objects.create(
        person=person,
        minor=offer.amount.minor,
        currency=offer.amount.currency,
        fund=offer.fund,
        months=offer.months,
        first=on,
        anchor=on.day,
        method=offer.method,
    )


def _declare(person: Person, offer: Offer, *, on: dt.date) -> None:
    declare(
        person,
        made_on=on,
        first=reaches_back_to(on),
        how=Declaration.How.ONLINE,
        wording=offer.wording,
        donor=offer.donor,
    )


def begin_to_give(found: Pledge, offer: Offer, *, language: str, at: dt.datetime) -> Begun:
    """Begin to pay what was pledged; twice with one key is once. Never inside a transaction."""
    assert found.person is not None, "a pledge has its person from the transaction that made it"
    is_known = Payment.objects.filter(key=found.payment_key).exists()
    use = found.gift.use if found.gift else Use(Purpose.GIFT, fund_id=offer.fund.pk if offer.fund else None)
    begun = begin_payment(
        found.person,
        offer.amount,
        method=offer.method,
        parts=[Part(offer.amount.minor, use)],
        key=found.payment_key,
        on=timezone.localdate(at),
        checkout=Checkout(
            label=_label(found.gift, language),
            language=language,
            return_url=thanks_url(found, language),
            keeps_mandate=found.gift is not None and offer.method in RENEWING,
        ),
    )
    if not is_known:
        _thank(found, begun.payment, offer)
    return begun


def thanks_url(found: Pledge, language: str) -> str:
    with translation.override(language):
        return settings.BASE_URL + reverse("given", args=[found.key])


def _label(gift: RegularGift | None, language: str) -> str:
    with translation.override(language):
        return _("A gift, %(every)s") % {"every": gift.get_months_display()} if gift else _("A gift")


def _thank(found: Pledge, payment: Payment, offer: Offer) -> None:
    """Write to the giver how to pay and where to change it, where mail may reach them."""
    person = found.person
    email = EmailAddress.objects.filter(people=person).order_by("person_emails__order").first()
    if person is None or email is None or not permission(person, email, MailPurpose.PAYMENTS):
        return
    post(
        email.address,
        "giving/mail/pledged.txt",
        language=offer.language,
        person=person,
        price=payment.amount.words(offer.language),
        gift=found.gift,
        url=thanks_url(found, offer.language),
        me=own_page_url(offer.language),
    )


# --- what becomes of a regular gift


@transaction.atomic
def give_under(payment: Payment, mandate: Mandate) -> RegularGift | None:
    """Have the regular gift that a payment began be taken under the mandate that came with it; None for others."""
    gift = RegularGift.objects.select_for_update(of=("self",)).filter(uid__in=_about(payment)).first()
    if gift is None:
        return None
    if gift.ended_on:
        end_mandate(mandate, on=timezone.localdate(), why="The regular gift had ended.")
        return None
    gift.mandate = mandate
    gift.save(update_fields=["mandate"])
    return gift


def _about(payment: Payment) -> list[uuid.UUID]:
    return [each.about for each in payment.shares.all() if each.about and each.purpose == Purpose.GIFT]


@transaction.atomic
def change_gift(gift: RegularGift, amount: Money, *, by: Any = None) -> bool:
    """Have the next times be of another amount; False where it is that already, or the gift has ended."""
    standing = RegularGift.objects.filter(pk=gift.pk, ended_on=None, currency=amount.currency)
    changed = standing.exclude(minor=amount.minor).update(minor=amount.minor)
    if changed:
        _log(gift, f"regular gift: {amount.plain()}", by=by)
    gift.refresh_from_db()
    return bool(changed)


@transaction.atomic
def end_gift(gift: RegularGift, *, on: dt.date, why: str, by: Any = None) -> bool:
    """Take and await nothing more for a regular gift; False where it ended before."""
    if not RegularGift.objects.filter(pk=gift.pk, ended_on=None).update(ended_on=on, ended_why=why[:300]):
        return False
    if gift.mandate:
        end_mandate(gift.mandate, on=on, why="The regular gift ended.")
    for payment in Payment.objects.awaited_offline().filter(shares__about=gift.uid):
        cancel_payment(payment, reason="The regular gift ended.", by=by)
    _log(gift, "regular gift ended", by=by)
    gift.refresh_from_db()
    return True


def _log(gift: RegularGift, act: str, *, by: Any) -> None:
    log_access(AccessRecord.Act.CHANGED, person=gift.person, by=by, fields=["regular gift"], detail=act)


def await_regular_gifts(today: dt.date) -> list[Payment]:
    """Write down what is to come by standing order now; return what is new. Repeatable: once for each day.

    One at a time: what did not come by the next day is not awaited any longer, so that money finds what it is for.
    """
    standing = RegularGift.objects.filter(
        ended_on=None, method=Method.STANDING_ORDER, person__erased_at=None, person__died_on=None
    )
    found = (_await(each, today) for each in standing.select_related("person"))
    return [each for each in found if each]


@transaction.atomic
def _await(gift: RegularGift, today: dt.date) -> Payment | None:
    days = gift.days_between(today - AWAITED_LATE, today + AWAITED_FROM)
    if not days or Payment.objects.filter(key=gift_key(gift, days[-1])).exists():
        return None
    for late in Payment.objects.awaited_offline().filter(shares__about=gift.uid):
        cancel_payment(late, reason="It did not come before the next one.")
    return ask_payment(
        gift.person,
        gift.amount,
        method=gift.method,
        key=gift_key(gift, days[-1]),
        asked_on=today,
        parts=[gift.part],
    )


def gift_key(gift: RegularGift, due_on: dt.date) -> str:
    return f"gift:{gift.uid}:{due_on}"
