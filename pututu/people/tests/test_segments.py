"""Are filters saved under a name, worked out anew, and seen by those who may?"""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from pututu.people.models import AccessRecord, Person, SavedSegment, Tag
from pututu.people.segments import kind_named, segment_of, segments
from pututu.people.services.segmenting import save_segment
from tests.belonging import make_membership, make_person, make_plan, pay_for
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 6, 15)


@pytest.fixture
def secretary(client):
    make_site(("en", "es"))
    user = make_staff("Membership secretaries", email="secretary@example.org")
    client.force_login(user)
    return user


def address(name: str, *args: int) -> str:
    return reverse(f"people:segment{name}", args=args)


def save(client, name: str = "In Spanish", *, kind: str = "people", filters: str = "language=es") -> str:
    sent = {"name": name, "kind": kind, "filters": filters}
    return client.post(address("-save"), sent, follow=True).content.decode()


def people_of(kind: str, on: dt.date = TODAY, **filters: str) -> set[str]:
    saved = save_segment(kind_named(kind), f"{kind} {filters}", filters, by=None)
    return set(segment_of(saved).persons(on).values_list("name", flat=True))


def test_a_filter_is_saved_once_opened_renamed_and_removed(client, secretary):
    make_person("Rosa", language="es")
    assert "Save these filters as" in client.get(reverse("people:list"), {"language": "es"}).content.decode()
    for _click in range(2):
        assert "In Spanish" in save(client)
    saved = SavedSegment.objects.get()
    assert (saved.kind, saved.filters, saved.by) == ("people", {"language": "es"}, secretary)
    assert "Rosa" in client.get(segment_of(saved).url).content.decode()
    client.post(address("-rename", saved.pk), {"name": "Hispanohablantes"})
    assert "Hispanohablantes" in client.get(address("s")).content.decode()
    for _click in range(2):
        assert client.post(address("-remove", saved.pk)).status_code == 302
    assert not SavedSegment.objects.exists()
    assert AccessRecord.objects.filter(fields=["segment"], by=secretary).count() == 3


def test_a_name_is_of_one_filter(client, secretary):
    save(client)
    assert "Another saved filter has this name" in save(client, filters="language=en")
    save(client, "Other", filters="language=en")
    other = SavedSegment.objects.get(name="Other")
    client.post(address("-rename", other.pk), {"name": "In Spanish"})
    assert set(SavedSegment.objects.values_list("name", flat=True)) == {"In Spanish", "Other"}
    save(client, kind="memberships", filters="status=lapsed")
    assert SavedSegment.objects.filter(name="In Spanish").count() == 2


@pytest.mark.parametrize("filters", ["q=Rosa+Quispe", "language=xx", "page=2", "", "q=a&%00=%00"])
def test_words_that_may_be_a_name_and_what_can_t_be_read_are_not_saved(client, secretary, filters):
    assert "No filter is set" in save(client, filters=filters)
    assert not SavedSegment.objects.exists()
    save(client, filters=f"{filters}&language=es".removeprefix("language=xx&"))
    assert SavedSegment.objects.get().filters == {"language": "es"}


def test_whom_it_means_is_worked_out_anew(django_assert_num_queries):
    rosa = make_person("Rosa", language="es")
    saved = save_segment(kind_named("people"), "Spanish", {"language": "es"}, by=None)
    segment = segment_of(saved)
    make_person("Ana")
    make_person("Luis", language="es")
    assert set(segment.persons(TODAY).values_list("name", flat=True)) == {"Rosa", "Luis"}
    Person.objects.filter(pk=rosa.pk).update(erased_at=timezone.now())
    assert set(segment.persons(TODAY).values_list("name", flat=True)) == {"Luis"}
    with django_assert_num_queries(1):
        assert segment.persons(TODAY).filter(name="Luis").exists()


def test_a_tag_that_is_gone_means_nobody():
    tag = Tag.objects.create(name="choir")
    make_person("Rosa").tags.add(tag)
    segment = segment_of(save_segment(kind_named("people"), "Choir", {"tag": "choir"}, by=None))
    assert segment.persons(TODAY).exists()
    tag.delete()
    assert not segment.persons(TODAY).exists()


def test_memberships_are_found_by_status_plan_and_end_on_the_day_that_is_asked_for():
    one, other = make_plan("one"), make_plan("other")
    luis = make_person("Luis")
    household = make_plan("household", people_at_most=2)
    pay_for(make_membership(one, make_person("Rosa"), on="2026-01-01"), on="2026-01-01")
    pay_for(make_membership(other, make_person("Ana"), on="2024-01-01"), on="2024-01-01")
    make_membership(other, make_person("Eva"), on="2026-06-01")
    pay_for(make_membership(household, make_person("Inés"), on="2025-07-01", others=[luis]), on="2025-07-01")
    assert people_of("memberships", status="current") == {"Rosa", "Inés", "Luis"}
    assert people_of("memberships", dt.date(2024, 6, 1), status="current") == {"Ana"}
    assert people_of("memberships", status="belonging") == {"Rosa", "Inés", "Luis"}
    assert people_of("memberships", status="lapsed") == {"Ana"}
    assert people_of("memberships", status="applied", plan="other") == {"Eva"}
    assert people_of("memberships", days="30") == {"Inés", "Luis"}
    always = [each for each in segments(may=lambda _name: True) if each.key is None]
    assert [str(each.name) for each in always] == ["Current members"]
    assert set(always[0].persons(TODAY).values_list("name", flat=True)) == {"Rosa", "Inés", "Luis"}


def test_more_people_than_a_question_may_name_are_found_all_the_same():
    rosa = make_person("Rosa")
    assert list(Person.objects.of_keys([rosa.pk, *range(10_000, 90_000)])) == [rosa]
    assert not Person.objects.of_keys([]).exists()


def test_treasurers_see_and_change_nothing_and_who_may_not_see_memberships_sees_none(client, secretary):
    save(client)
    save(client, "Lapsed", kind="memberships", filters="status=lapsed")
    first, second = SavedSegment.objects.order_by("name")
    client.force_login(make_staff("Treasurers", email="treasurer@example.org"))
    assert "In Spanish" in client.get(address("s")).content.decode()
    assert "Rename" not in client.get(address("s")).content.decode()
    save(client, "Mine")
    client.post(address("-rename", first.pk), {"name": "x"})
    client.post(address("-remove", first.pk))
    assert set(SavedSegment.objects.values_list("name", flat=True)) == {"In Spanish", "Lapsed"}
    client.force_login(make_staff("Editors", email="editor@example.org"))
    assert client.get(address("s")).status_code == 302
    shown = [each.name for each in segments(may=lambda name: name == "people.view_person")]
    assert shown == ["In Spanish"]
    assert second.kind == "memberships"
