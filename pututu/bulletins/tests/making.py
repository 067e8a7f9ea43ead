"""The least that a test of bulletins needs: a series, an issue with a story, readers who agreed."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.utils import timezone

from pututu.bulletins.models import Issue, Item, Series
from pututu.bulletins.services.freezing import begin_sending
from pututu.people.models import Person
from pututu.people.rules import Act
from pututu.people.services import add_person, record_consent

numbers = count(1)


def make_series(slug: str = "weekly", **columns: Any) -> Series:
    series = Series(
        slug=slug,
        purpose=columns.pop("purpose", "bulletins"),
        sender_name="Peru Support Group",
        sender_address="bulletin@example.org",
        languages=["en", "es"],
        **columns,
    )
    series.save()
    for language, name in (("en", "Weekly bulletin"), ("es", "Boletín semanal")):
        series.wordings.create(language=language, name=name)
    series.save()
    return series


def make_issue(series: Series | None = None, *pages: Any, languages: tuple[str, ...] = ("en",)) -> Issue:
    series = series or make_series()
    issue = Issue.objects.create(series=series, number=next(numbers))
    for language in languages:
        issue.editions.create(language=language, subject=f"Bulletin {issue.number}", intro="This week.")
    for order, page in enumerate(pages):
        Item.objects.create(issue=issue, page=page, order=order)
    return issue


def make_reader(address: str, name: str = "Rosa Quispe", **columns: Any) -> Person:
    """Somebody who agreed to the bulletin at an address."""
    person = add_person(name, emails=[address], **columns)
    agree(person, address)
    return person


def agree(person: Person, address: str, purpose: str = "bulletins") -> None:
    email = person.addresses.get(address=address)
    record_consent(person, email, purpose, act=Act.GIVEN, wording="The bulletin, please.", page="/en/join/")


def start(issue: Issue) -> Issue:
    """Freeze an issue, as the clock does when its time has come."""
    Issue.objects.filter(pk=issue.pk).update(state=Issue.State.SCHEDULED, send_at=timezone.now())
    assert begin_sending(issue)
    issue.refresh_from_db()
    return issue
