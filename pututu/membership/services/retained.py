"""Which memberships and former members are not needed any more?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pututu.giving.models import Payment, Share
from pututu.giving.services.ledger import cancel_payment
from pututu.giving.services.retained import ACCOUNTS
from pututu.membership.models import Belonging, MailedLink, Membership
from pututu.people.models import Person
from pututu.people.retention import Rule, Tie, without_ties
from pututu.people.rules.retention import Fate, Unit
from pututu.people.services.retained import day_in_words, delete_rows, erase_people, person_in_words

# --- to whom there is a tie


def _people_of(memberships: QuerySet[Membership]) -> QuerySet[Any]:
    keys = memberships.values("pk")
    return Person.objects.filter(
        Q(memberships__in=keys) | Q(memberships_given__in=keys) | Q(belongings__membership__in=keys)
    ).values("pk")


def _held_since(day: dt.date) -> QuerySet[Any]:
    """Those whose membership was applied for, ran or was decided about on a day or since."""
    runs = Q(terms__revoked_at=None) & (
        Q(terms__last__gte=day) | Q(terms__last=None, terms__first__isnull=False)
    )
    decided = Q(decisions__made_at__date__gte=day)
    return _people_of(Membership.objects.filter(Q(applied_on__gte=day) | runs | decided))


TIE = Tie(ever=lambda: _people_of(Membership.objects.all()), since=_held_since)


def _former_members(since: dt.date) -> QuerySet[Person]:
    return without_ties(since).filter(pk__in=_people_of(Membership.objects.all()))


FORMER = Rule(
    slug="former-members",
    what=_("Former members who have not paid, agreed to anything or been written of since"),
    why=ACCOUNTS,
    fate=Fate.ERASED,
    unit=Unit.YEAR_ENDS,
    length=7,
    least=6,
    most=20,
    due=_former_members,
    words=person_in_words,
    act=erase_people,
    at_once=1,
)


# --- who applied and never paid


def _never_paid(since: dt.date) -> QuerySet[Membership]:
    """Applications for which no money came, no term was given and nothing was decided."""
    shares = Share.objects.filter(about=OuterRef("uid"))
    came = shares.exclude(payment__state__in=[Payment.State.PENDING, *GIVEN_UP])
    awaited = shares.filter(payment__state=Payment.State.PENDING, payment__asked_on__gte=since)
    plain = Membership.objects.filter(terms=None, decisions=None, reminders=None, applied_on__lt=since)
    return plain.filter(~Exists(came), ~Exists(awaited), plan__minor__gt=0).select_related("plan")


GIVEN_UP = (Payment.State.FAILED, Payment.State.CANCELLED)


def _drop_applications(keys: list[int]) -> None:
    for membership in Membership.objects.filter(pk__in=keys):
        awaited = Payment.objects.pending().filter(shares__about=membership.uid)
        for payment in awaited.distinct():
            cancel_payment(payment, reason="")
        Belonging.objects.filter(membership=membership).delete()
        membership.delete()


APPLICATIONS = Rule(
    slug="unpaid-applications",
    what=_("Applications for membership that nothing was ever paid for"),
    why=_("Cheques and standing orders take their time; after that nobody means to join any more."),
    fate=Fate.DELETED,
    unit=Unit.DAYS,
    length=180,
    least=30,
    most=1100,
    due=_never_paid,
    words=lambda held: f"{day_in_words(held.applied_on)}: {held.plan}",
    act=_drop_applications,
    at_once=1,
)
LINKS = Rule(
    slug="links",
    what=_("Links to their own page that people asked for"),
    why=_("A link works once, for half an hour; for a while it can be seen that it was asked for."),
    fate=Fate.DELETED,
    unit=Unit.DAYS,
    length=30,
    least=1,
    most=365,
    due=lambda since: MailedLink.objects.filter(expires_at__date__lt=since),
    words=lambda link: day_in_words(link.made_at),
    act=lambda keys: delete_rows(MailedLink.objects.filter(pk__in=keys)),
)


RULES = (FORMER, APPLICATIONS, LINKS)
