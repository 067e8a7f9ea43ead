"""What does one person get of an issue, or why nothing?"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from pututu.bulletins.models import Delivery, Issue
from pututu.bulletins.rendering.mails import Composer
from pututu.bulletins.rules.mail import Mail
from pututu.bulletins.services.audience import Reader, audience_of
from pututu.bulletins.services.drafts import mail_as_for
from pututu.people.models import Person

NOT_ON_THE_LIST, NEVER_AGREED = "not-on-the-list", "never-agreed"
FOUND_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """Where, in which language and on which topics somebody gets it; without ``reader`` ``why`` they do not.

    ``delivery`` is their mail, once the list is frozen.
    """

    reader: Reader | None = None
    why: str = ""
    delivery: Delivery | None = None


def reading_of(issue: Issue, person: Person) -> Reading:
    """As it would be now; from the moment at which sending begins, as it stands on the list."""
    if issue.frozen_at:
        return _on_the_list(issue, person)
    editions = Composer(issue).editions
    entries = {language: each.entries for language, each in editions.items() if each.says_something}
    found = audience_of(issue.series, entries, on=timezone.localdate(), people=[person.pk])
    if found.readers:
        return Reading(found.readers[0])
    return Reading(why=next(iter(found.left_out), "") or NEVER_AGREED)


def _on_the_list(issue: Issue, person: Person) -> Reading:
    row = issue.deliveries.filter(person=person).first()
    if row is None:
        return Reading(why=NOT_ON_THE_LIST)
    reader = Reader(person.pk, row.email_id or 0, row.address, row.language, tuple(row.topics), row.basis)
    return Reading(reader, delivery=row)


def mail_for(issue: Issue, reader: Reader) -> Mail:
    """Exactly what they get, but for its links: those do nothing."""
    return mail_as_for(issue, reader.language, reader.topics, to=reader.address, basis=reader.basis)


def people_sought(issue: Issue, words: str, *, also_strangers: bool) -> QuerySet[Person]:
    """Those known by a name or an address; without ``also_strangers`` only who was ever asked about such mail."""
    people = Person.objects.known().living().sought(words)
    if not also_strangers:
        people = people.filter(consents__purpose=issue.series.purpose)
    return people.distinct().order_by("name")[:FOUND_AT_MOST]
