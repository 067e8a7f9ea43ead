"""How does a reader leave a series, come back, pause, or choose topics and languages?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core import signing
from django.db import transaction
from django.utils import timezone

from pututu.bulletins.models import Choice, Delivery, Series
from pututu.bulletins.rendering.links import delivery_named
from pututu.people.models import EmailAddress, Person
from pututu.people.services import withdraw_consent
from pututu.topics.models import Topic


class NobodyThere(LookupError):
    """A link that is not ours, or whose reader is not known any more."""


def reader_of(token: str) -> tuple[Delivery, Person, EmailAddress]:
    """Whose mail a link came with. Raises NobodyThere."""
    try:
        key = delivery_named(token)
    except (signing.BadSignature, ValueError) as problem:
        raise NobodyThere("This link is not ours.") from problem
    rows = Delivery.objects.select_related("issue__series", "person", "email")
    delivery = rows.filter(pk=key).first()
    if delivery is None or delivery.person is None or delivery.email is None:
        raise NobodyThere("Nobody is reached by this link any more.")
    if not Person.objects.known().filter(pk=delivery.person_id, person_emails__email=delivery.email).exists():
        raise NobodyThere("Nobody is reached by this link any more.")
    return delivery, delivery.person, delivery.email


def choice_for(person: Person, email: EmailAddress, series: Series) -> Choice:
    """What a reader chose of a series; not stored where they never chose."""
    found = Choice.objects.filter(person=person, email=email, series=series).first()
    return found or Choice(person=person, email=email, series=series, languages=[person.language])


@transaction.atomic
def leave_series(
    person: Person, email: EmailAddress, series: Series, *, page: str, why: str = "", language: str = ""
) -> bool:
    """Send this reader nothing of a series at this address any more; False where they had left already.

    With the last series of its purpose, what they had agreed to is withdrawn too. Others who share the address, and
    other addresses of theirs, stay as they are.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    choice = choice_for(person, email, series)
    had_left = choice.left_at is not None
    choice.left_at = choice.left_at or timezone.now()
    choice.left_why = why.strip()[:300] or choice.left_why
    choice.save()
    if series.purpose != Series.Purpose.MEMBERSHIP and not _gets_another(person, email, series):
        withdraw_consent(person, email, [series.purpose], page=page, language=language)
    return not had_left


def _gets_another(person: Person, email: EmailAddress, series: Series) -> bool:
    """Whether another series of the purpose still comes to them: one that they named, where they named any."""
    others = Series.objects.filter(purpose=series.purpose, is_offered=True).exclude(pk=series.pk)
    theirs = Choice.objects.filter(person=person, email=email)
    if theirs.by_name(series.purpose).exists():
        return others.filter(pk__in=theirs.filter(left_at__isnull=True).values("series")).exists()
    return others.exclude(pk__in=theirs.filter(left_at__isnull=False).values("series")).exists()


@transaction.atomic
def choose(
    person: Person,
    email: EmailAddress,
    series: Series,
    *,
    languages: Iterable[str],
    topics: Iterable[str],
    paused_until: dt.date | None,
) -> Choice:
    """Write down what a reader wants of a series. It agrees to nothing: whoever left stays away by this alone."""
    Person.objects.select_for_update().get(pk=person.pk)
    choice = choice_for(person, email, series)
    choice.languages = [each for each in dict.fromkeys(languages) if each in series.languages]
    choice.paused_until = paused_until
    choice.save()
    choice.topics.set(Topic.objects.filter(slug__in=set(topics)))
    return choice


@transaction.atomic
def stay_away(kept: Person, other: Person) -> None:
    """Where both records chose at one address, let what either of them left or paused come no more.

    Their languages and topics stay as the record that is kept chose them. Separating the records opens nothing again.
    """
    for theirs in other.bulletin_choices.select_related("email", "series"):
        choice = choice_for(kept, theirs.email, theirs.series)
        if theirs.left_at and not choice.left_at:
            choice.left_at, choice.left_why = theirs.left_at, theirs.left_why
        choice.paused_until = max(filter(None, [choice.paused_until, theirs.paused_until]), default=None)
        choice.save()
