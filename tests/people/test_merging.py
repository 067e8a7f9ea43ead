"""Do two records of one person become one, and two again, with nothing lost?"""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from pututu.bulletins.models import Choice
from pututu.bulletins.services.choosing import choose
from pututu.bulletins.tests.making import make_series
from pututu.giving.models import Payment
from pututu.people.models import ConsentRecord, Merge, Person
from pututu.people.rules import Act, Purpose, Refusal
from pututu.people.services import add_person, permission, record_consent
from pututu.people.services.merging import CannotMerge, duplicates, merge_people, separate_people
from pututu.people.services.persons import set_tags
from tests.belonging import make_membership, make_person, make_plan, pay_for
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[Person, Person]:
    kept = make_person("Rosa Quispe", "rosa@example.org", "home@example.org", postcode="N1 9GU")
    other = make_person("rosa QUISPE", "home@example.org", "old@example.org", town="Leeds", notes="Rang.")
    set_tags(kept, ["choir"])
    set_tags(other, ["choir", "lima"])
    return kept, other


def state_of(*people: Person) -> list[object]:
    """All that a record is, for comparing."""
    return [
        (
            {name: getattr(each, name) for name in ("name", "town", "postcode", "notes", "merged_into_id")},
            sorted(each.addresses.values_list("address", flat=True)),
            sorted(each.tags.values_list("name", flat=True)),
            sorted(each.consents.values_list("pk", flat=True)),
            sorted(Payment.objects.filter(payer=each).values_list("pk", flat=True)),
            sorted(each.memberships.values_list("pk", flat=True)) if hasattr(each, "memberships") else [],
        )
        for each in Person.objects.filter(pk__in=[one.pk for one in people]).order_by("pk")
    ]


def test_separating_puts_everything_back(pair):
    kept, other = pair
    plan = make_plan()
    for person in pair:
        pay_for(make_membership(plan, person))
        record_consent(person, person.addresses.first(), Purpose.BULLETINS, act=Act.GIVEN)
    before = state_of(*pair)
    merge = merge_people(kept, other, by=None)
    together = Person.objects.get(pk=kept.pk)
    assert together.town == "Leeds"
    assert together.addresses.count() == 3
    assert set(together.tags.values_list("name", flat=True)) == {"choir", "lima"}
    assert Payment.objects.filter(payer=kept).count() == 2
    assert ConsentRecord.objects.filter(person=kept).count() == 2
    assert not Person.objects.known().filter(pk=other.pk).exists()
    separate_people(merge, by=None)
    assert state_of(*pair) == before


def test_who_withdrew_on_either_record_stays_withdrawn(pair):
    kept, other = pair
    home = kept.addresses.get(address="home@example.org")
    record_consent(kept, home, Purpose.BULLETINS, act=Act.GIVEN)
    record_consent(other, home, Purpose.BULLETINS, act=Act.WITHDRAWN)
    assert permission(kept, home, Purpose.BULLETINS)
    merge_people(kept, other, by=None)
    assert permission(kept, home, Purpose.BULLETINS).refusal == Refusal.WITHDRAWN


@pytest.mark.parametrize("leaver", [0, 1, None])
def test_what_either_record_left_or_paused_comes_no_more(pair, leaver):
    kept, other = pair
    home, series = kept.addresses.get(address="home@example.org"), make_series()
    for person in pair:
        record_consent(person, home, Purpose.BULLETINS, act=Act.GIVEN)
        choose(person, home, series, languages=["en"], topics=[], paused_until=None)
    until = dt.date(2026, 5, 1)
    choose(other, home, series, languages=["es"], topics=[], paused_until=until)
    if leaver is not None:
        Choice.objects.filter(person=pair[leaver]).update(left_at=timezone.now(), left_why="Too often")
    merge = merge_people(kept, other, by=None)
    chosen = Choice.objects.get(person=kept)
    assert (bool(chosen.left_at), chosen.paused_until) == (leaver is not None, until)
    assert chosen.languages == ["en"]
    separate_people(merge, by=None)
    assert Choice.objects.count() == 2


def test_a_record_is_merged_once_and_not_with_itself(pair):
    kept, other = pair
    merge_people(kept, other, by=None)
    for one, two in ((kept, other), (other, kept), (kept, kept)):
        with pytest.raises(CannotMerge):
            merge_people(one, two, by=None)
    assert Merge.objects.count() == 1


def test_what_was_written_after_the_merge_stays_where_it_was_written(pair):
    kept, other = pair
    merge = merge_people(kept, other, by=None)
    kept.refresh_from_db()
    kept.town = "York"
    kept.save()
    record_consent(kept, kept.addresses.first(), Purpose.EVENTS, act=Act.GIVEN)
    separate_people(merge, by=None)
    kept.refresh_from_db()
    assert kept.town == "York"
    assert kept.consents.count() == 1


def test_households_are_no_duplicates_and_who_was_held_apart_is_not_asked_about_again(client, pair):
    make_site()
    kept, other = pair
    add_person("Luis Quispe", emails=["home@example.org"])
    father, son = (add_person("John Smith", postcode=code) for code in ("E8 1AA", "e81aa"))
    assert duplicates() == [(kept.pk, other.pk), (father.pk, son.pk)]
    client.force_login(make_staff("Membership secretaries", email="secretary@example.org"))
    assert "John Smith" in client.get(reverse("people:duplicates")).content.decode()
    client.post(reverse("people:merge"), {"kept": father.pk, "other": son.pk, "apart": "1"})
    client.post(reverse("people:merge"), {"kept": kept.pk, "other": other.pk, "same": "1"})
    assert duplicates() == []
    shown = client.get(reverse("people:person", args=[other.uid]), follow=True)
    assert "Separate again" in shown.content.decode()
    client.post(reverse("people:separate", args=[Merge.objects.get().pk]))
    assert duplicates() == [(kept.pk, other.pk)]


def test_treasurers_merge_nobody(client, pair):
    make_site()
    client.force_login(make_staff("Treasurers", email="treasurer@example.org"))
    client.post(reverse("people:merge"), {"kept": pair[0].pk, "other": pair[1].pk, "same": "1"})
    assert not Merge.objects.exists()
    client.force_login(make_staff("Membership secretaries", email="secretary@example.org"))
    client.post(reverse("people:merge"), {"kept": pair[0].pk, "other": pair[1].pk, "same": "1"})
    assert Merge.objects.exists()
