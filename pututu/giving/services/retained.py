"""Which words in the ledger have an end, and which donors are not needed any more?

HMRC asks that records of payments and of Gift Aid be kept for six years after the end of the accounting year that they
belong to (gov.uk, "Running a charity: tax records"; Companies Act 2006, section 388; Charities Act 2011, section 131).
Seven whole calendar years after the year of a payment are never shorter than that. Amounts, days and uses always stay.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from pututu.giving.models import (
    Declaration,
    KnownPayer,
    LedgerRecord,
    Payment,
    ProviderEvent,
    Refund,
    Share,
    StatementLine,
    Upload,
)
from pututu.giving.rendering import money_words
from pututu.giving.services.claim_names import claims_with_names, take_names_out
from pututu.giving.services.words import take_words_out
from pututu.people.models import Person
from pututu.people.retention import Rule, Tie, never_of, without_ties
from pututu.people.rules.retention import Fate, Unit
from pututu.people.services.retained import day_in_words, delete_rows, erase_people, person_in_words

ACCOUNTS = _("Accounts and Gift Aid records are kept for six years after their year.")


# --- to whom there is a tie


def _paid_since(day: dt.date) -> QuerySet[Any]:
    money = Payment.objects.filter(
        Q(asked_on__gte=day) | Q(received_on__gte=day) | Q(state=Payment.State.PENDING)
    )
    declared = Declaration.objects.filter(noted_at__date__gte=day)
    return Person.objects.filter(
        Q(pk__in=money.exclude(payer=None).values("payer")) | Q(pk__in=declared.values("person"))
    ).values("pk")


def _ever_paid() -> QuerySet[Any]:
    money = Payment.objects.confirmed().exclude(payer=None).values("payer")
    return Person.objects.filter(Q(pk__in=money) | Q(pk__in=Declaration.objects.values("person"))).values(
        "pk"
    )


TIE = Tie(ever=_ever_paid, since=_paid_since)


def _former_donors(since: dt.date) -> QuerySet[Person]:
    people = without_ties(since).filter(pk__in=_ever_paid())
    return never_of(people, "membership")


DONORS = Rule(
    slug="former-donors",
    what=_("People who gave, but not since, and never belonged"),
    why=ACCOUNTS,
    fate=Fate.ERASED,
    unit=Unit.YEAR_ENDS,
    length=7,
    least=6,
    most=20,
    due=_former_donors,
    words=person_in_words,
    act=erase_people,
    at_once=1,
)


# --- words


def _written_of(since: dt.date) -> QuerySet[Payment]:
    """Old payments about which words are written anywhere but on a statement line."""
    own = {"payment": OuterRef("pk")}
    written = (
        Q(note__gt="")
        | Q(failure__gt="")
        | Q(Exists(Refund.objects.filter(**own, reason__gt="")))
        | Q(Exists(Share.objects.filter(**own, reason__gt="")))
        | Q(Exists(LedgerRecord.objects.filter(**own, detail__gt="")))
    )
    dated = Payment.objects.annotate(day=Coalesce("received_on", "asked_on"))
    return dated.filter(written, day__lt=since).exclude(state=Payment.State.PENDING)


WORDS = Rule(
    slug="ledger-words",
    what=_("Notes, reasons and failures of payments"),
    why=ACCOUNTS,
    fate=Fate.EMPTIED,
    unit=Unit.YEAR_ENDS,
    length=7,
    least=6,
    most=20,
    due=_written_of,
    words=lambda payment: (
        f"{day_in_words(payment.received_on or payment.asked_on)}: {money_words(payment.amount)}"
    ),
    act=take_words_out,
)


def _empty_lines(keys: list[int]) -> None:
    StatementLine.objects.filter(pk__in=keys).update(text="", payer_text="", set_aside_because="")


LINES = Rule(
    slug="statement-lines",
    what=_("What the bank wrote on lines of statements, the names of payers among it"),
    why=ACCOUNTS,
    fate=Fate.EMPTIED,
    unit=Unit.YEAR_ENDS,
    length=7,
    least=6,
    most=20,
    due=lambda since: StatementLine.objects.filter(
        Q(text__gt="") | Q(payer_text__gt="") | Q(set_aside_because__gt=""), booked_on__lt=since
    ).select_related("account"),
    words=lambda line: f"{day_in_words(line.booked_on)}: {money_words(line.amount)}",
    act=_empty_lines,
)


def _payers(since: dt.date) -> QuerySet[KnownPayer]:
    lately = Payment.objects.filter(
        Q(asked_on__gte=since) | Q(received_on__gte=since), payer=OuterRef("person")
    )
    return KnownPayer.objects.filter(~Exists(lately), since__date__lt=since)


PAYERS = Rule(
    slug="known-payers",
    what=_("By which words a bank names somebody, where they have not paid since"),
    why=_("They are there to know the next payment by."),
    fate=Fate.DELETED,
    unit=Unit.YEARS,
    length=3,
    least=1,
    most=20,
    due=_payers,
    words=lambda row: day_in_words(row.since),
    act=lambda keys: delete_rows(KnownPayer.objects.filter(pk__in=keys)),
)
MESSAGES = Rule(
    slug="provider-messages",
    what=_("Messages of payment providers, as they came"),
    why=_(
        "They are hints: the ledger holds what the provider answered. Charge-backs come within four months."
    ),
    fate=Fate.EMPTIED,
    unit=Unit.DAYS,
    length=180,
    least=30,
    most=1100,
    due=lambda since: ProviderEvent.objects.filter(
        body__gt="", received_at__date__lt=since, handled_at__isnull=False
    ),
    words=lambda event: f"{day_in_words(event.received_at)}: {event.provider} {event.event_id}",
    act=lambda keys: _empty_messages(keys),
)
UPLOADS = Rule(
    slug="uploads",
    what=_("Statement files whose columns nobody named"),
    why=_("A day is enough to come back to them."),
    fate=Fate.DELETED,
    unit=Unit.DAYS,
    length=1,
    least=1,
    most=30,
    due=lambda since: Upload.objects.filter(at__date__lt=since),
    words=lambda upload: f"{day_in_words(upload.at)}: {upload.filename}",
    act=lambda keys: delete_rows(Upload.objects.filter(pk__in=keys)),
)


def _empty_messages(keys: list[int]) -> None:
    ProviderEvent.objects.filter(pk__in=keys).update(body="")


CLAIMS = Rule(
    slug="claim-names",
    what=_("Names and addresses on Gift Aid claims that were handed in"),
    why=_("HMRC may ask for them for six years after the accounting year of the claim."),
    fate=Fate.EMPTIED,
    unit=Unit.YEAR_ENDS,
    length=7,
    least=7,
    most=20,
    due=claims_with_names,
    words=lambda claim: f"{day_in_words(claim.made_at)}: {money_words(claim.tax)}",
    act=take_names_out,
)

RULES = (DONORS, WORDS, LINES, PAYERS, MESSAGES, UPLOADS, CLAIMS)
