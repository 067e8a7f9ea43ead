"""Which regular gifts are to be taken, and how does the ledger name them?"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from pututu.giving.models import Collection, RegularGift
from pututu.giving.rules.charging import STALE_AFTER
from pututu.giving.subjects import Subject, Taking
from pututu.people.models import Person
from pututu.people.rules import Purpose as MailPurpose
from pututu.shell.rendering import offered_url

AHEAD = dt.timedelta(days=35)
LATE = dt.timedelta(days=STALE_AFTER + 1)


class RegularGifts:
    """The catalogue of regular gifts for ``giving.subjects``."""

    def describe(self, about: Iterable[uuid.UUID]) -> dict[uuid.UUID, Subject]:
        rows = RegularGift.objects.filter(uid__in=set(about)).select_related("person", "fund")
        return {each.uid: _subject(each) for each in rows}

    def payable_by(self, people: Iterable[Person]) -> dict[int, list[Subject]]:
        """Those that come by standing order: whoever gives so may be giving when money comes unasked."""
        found: dict[int, list[Subject]] = {}
        rows = RegularGift.objects.filter(person__in=[person.pk for person in people], ended_on=None)
        for each in rows.filter(mandate=None).select_related("person", "fund"):
            found.setdefault(each.person_id, []).append(_subject(each))
        return found

    def takings(self, today: dt.date, *, about: uuid.UUID | None = None) -> list[Taking]:
        """The days about now of the gifts that we take; those of which money came are among them, and left alone.

        A day that passed without a word, as while the clock stood still, is passed over.
        """
        rows = RegularGift.objects.filter(
            ended_on=None,
            mandate__isnull=False,
            mandate__ended_on=None,
            mandate__stopped_on=None,
            person__erased_at=None,
            person__died_on=None,
        )
        known = rows.filter(uid=about) if about else rows
        told = set(
            Collection.objects.filter(due_on__range=(today - LATE, today), told_on__isnull=False)
            .filter(about__in=known.values("uid"))
            .values_list("about", "due_on")
        )
        return [
            _taking(each, day)
            for each in known.select_related("mandate__payer", "person")
            for day in each.days_between(today - LATE, today + AHEAD)
            if day > today or (each.uid, day) in told
        ]


def _taking(gift: RegularGift, day: dt.date) -> Taking:
    assert gift.mandate is not None, "only those with a mandate are asked for"
    return Taking(
        use=gift.use,
        mandate=gift.mandate,
        price=gift.amount,
        due_on=day,
        label=lambda language: gift_label(gift, language),
        mail=MailPurpose.PAYMENTS,
    )


def gift_label(gift: RegularGift, language: str) -> str:
    """What a letter or a provider's page calls it."""
    with translation.override(language):
        return _("your gift, %(every)s") % {"every": gift.get_months_display()}


def _subject(gift: RegularGift) -> Subject:
    words = {"who": gift.person, "every": gift.get_months_display()}
    label = _("%(who)s, gift %(every)s") % words
    return Subject(
        gift.use, gift.amount, label, offered_url("giving:regular-gift", gift.uid), kind=_("Regular gift")
    )
