"""Which records of people have an end, and how are they taken out?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pututu.lib.references import show_reference
from pututu.people.models import AccessRecord, Attempts, ConsentRecord, ImportRow, ImportRun, Person
from pututu.people.retention import Rule, Tie, never_of, without_ties
from pututu.people.rules import Act
from pututu.people.rules.retention import Fate, Unit
from pututu.people.services.erasing import erase_person
from pututu.people.services.importing import path_of


def person_in_words(person: Person) -> str:
    return f"{person.name} ({show_reference(person.reference)})"


def erase_people(keys: list[int]) -> None:
    """Erase people as if they had asked; what the law keeps stays, as always."""
    for person in Person.objects.filter(pk__in=keys):
        erase_person(person, by=None)


def day_in_words(of: Any) -> str:
    """A day, or the day of an instant, as a line for staff begins with it."""
    return date_format(of, "DATE_FORMAT")


# --- who agreed to what


def _same(**more: Any) -> QuerySet[ConsentRecord]:
    outer = {name: OuterRef(name) for name in ("person", "email", "purpose")}
    return ConsentRecord.objects.filter(**outer, **more)


def _agreed() -> QuerySet[Any]:
    """The people who agree to something now, and have not taken it back."""
    withdrawn = _same(act=Act.WITHDRAWN, at__gte=OuterRef("at"))
    given = ConsentRecord.objects.filter(~Exists(withdrawn), act__in=[Act.GIVEN, Act.NOTED])
    return given.exclude(basis=ConsentRecord.Basis.SERVICE).values("person")


def _said_since(day: dt.date) -> QuerySet[Any]:
    lately = ConsentRecord.objects.filter(at__date__gte=day).values("person")
    return Person.objects.filter(Q(pk__in=lately) | Q(pk__in=_agreed())).values("pk")


CONSENT_TIE = Tie(ever=lambda: ConsentRecord.objects.values("person"), since=_said_since)


def _never_confirmed(since: dt.date) -> QuerySet[ConsentRecord]:
    confirmed = _same(act=Act.GIVEN, pk__gt=OuterRef("pk"))
    return ConsentRecord.objects.filter(~Exists(confirmed), act=Act.ASKED, at__date__lt=since)


UNCONFIRMED = Rule(
    slug="unconfirmed-consent",
    what=_("Questions for consent that were never confirmed"),
    why=_("The link works for a week; afterwards the question shows nothing."),
    fate=Fate.DELETED,
    unit=Unit.DAYS,
    length=30,
    least=8,
    most=365,
    due=_never_confirmed,
    words=lambda row: f"{day_in_words(row.at)}: {row.email.address}, {row.purpose}",
    act=lambda keys: _erase_rows(ConsentRecord.objects.filter(pk__in=keys)),
)


def _erase_rows(rows: Any) -> None:
    rows.erase()


# --- people


def _nobody_needs(since: dt.date) -> QuerySet[Person]:
    return never_of(without_ties(since), "giving", "membership")


NOTHING_LEFT = Rule(
    slug="nothing-left",
    what=_(
        "People who never paid nor belonged, who agree to nothing, and of whom nobody wrote anything since"
    ),
    why=_("Nothing that they were written down for is left."),
    fate=Fate.ERASED,
    unit=Unit.YEARS,
    length=3,
    least=1,
    most=10,
    due=_nobody_needs,
    words=person_in_words,
    act=erase_people,
    at_once=1,
)


# --- who looked, and what was brought in


ACCESS_LOG = Rule(
    slug="access-log",
    what=_("Who looked at or changed a record"),
    why=_("People may ask who saw their record; what is older answers nobody any more."),
    fate=Fate.DELETED,
    unit=Unit.YEARS,
    length=6,
    least=1,
    most=10,
    due=lambda since: AccessRecord.objects.filter(at__date__lt=since),
    words=lambda row: f"{day_in_words(row.at)}: {row.get_act_display()}",
    act=lambda keys: _erase_rows(AccessRecord.objects.filter(pk__in=keys)),
)


def _old_lists(since: dt.date) -> QuerySet[ImportRun]:
    rows = Exists(ImportRow.objects.filter(run=OuterRef("pk")))
    is_open = ~Q(state=ImportRun.State.DONE)
    return ImportRun.objects.filter(rows | is_open, at__date__lt=since)


def _drop_lists(keys: list[int]) -> None:
    """Take out the lines and the file; of a list from which somebody came in it stays known that it was brought in."""
    for run in ImportRun.objects.filter(pk__in=keys):
        path_of(run).unlink(missing_ok=True)
        came = run.rows.exclude(done_at=None).exists() or run.state == ImportRun.State.DONE
        run.rows.all().delete()
        if came:
            ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.DONE, terms={})
        else:
            run.delete()


LISTS = Rule(
    slug="lists",
    what=_("Lines and files of lists that were brought in"),
    why=_("They show for a while what became of each line; the people stand in their records."),
    fate=Fate.DELETED,
    unit=Unit.DAYS,
    length=90,
    least=7,
    most=730,
    due=_old_lists,
    words=lambda run: f"{day_in_words(run.at)}: {run.filename}",
    act=_drop_lists,
    at_once=1,
)

ATTEMPTS = Rule(
    slug="attempts",
    what=_("How often something was tried, by hashes of addresses"),
    why=_("They hold up whoever tries too often, for a day at most."),
    fate=Fate.DELETED,
    unit=Unit.DAYS,
    length=7,
    least=2,
    most=90,
    due=lambda since: Attempts.objects.filter(at__date__lt=since),
    words=lambda row: gettext("%(day)s: %(count)s times") % {"day": day_in_words(row.at), "count": row.count},
    act=lambda keys: delete_rows(Attempts.objects.filter(pk__in=keys)),
)


def delete_rows(rows: QuerySet[Any]) -> None:
    """Delete; what a rule does returns nothing."""
    rows.delete()


HASHES = Rule(
    slug="suppression",
    what=_("Hashes of addresses that are closed"),
    why=_(
        "Without them a list could bring somebody back who was erased or complained. Nobody can be read from them."
    ),
    fate=Fate.STAYS,
)
RULES = (UNCONFIRMED, NOTHING_LEFT, ACCESS_LOG, LISTS, ATTEMPTS, HASHES)
