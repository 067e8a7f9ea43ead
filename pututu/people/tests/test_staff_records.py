"""Do staff find and keep what they may, and is it written down that they looked?"""

from __future__ import annotations

import datetime as dt
import json
import uuid

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from pututu.people.models import AccessRecord, ConsentRecord, EmailAddress, Person
from pututu.people.rules import Act, Purpose, Refusal
from pututu.people.services import add_person, permission, record_consent
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db
SECRETARY, TREASURER = "Membership secretaries", "Treasurers"


@pytest.fixture(autouse=True)
def _site():
    make_site(("en", "es"))


@pytest.fixture
def secretary(client):
    user = make_staff(SECRETARY, email="secretary@example.org")
    client.force_login(user)
    return user


@pytest.fixture
def rosa() -> Person:
    return add_person(
        "José Ñahui Quispe", emails=["rosa@example.org"], postcode="N1 9GU", notes="Prefers letters."
    )


def url(name: str, *args) -> str:
    return reverse(f"people:{name}", args=args)


def acts(**filters) -> list[str]:
    return list(AccessRecord.objects.filter(**filters).order_by("pk").values_list("act", flat=True))


# --- finding


@pytest.mark.parametrize(
    "sought",
    [
        "jose",
        "ÑAHUI",
        "nahui quispe",
        "quispe, josé",
        "rosa@example.org",
        "ROSA@",
        "n19gu",
        "N1 9gu",
        "reference",
    ],
)
def test_people_are_found_by_what_volunteers_type(client, secretary, rosa, sought):
    add_person("Ana Mamani", emails=["ana@example.org"], postcode="E8 1AA")
    code = f"{rosa.reference[:3]}-{rosa.reference[3:].lower()}"
    shown = client.get(url("list"), {"q": code if sought == "reference" else sought}).content.decode()
    assert "José Ñahui Quispe" in shown
    assert "Ana Mamani" not in shown


def test_filters_narrow_and_erased_and_merged_records_are_left_out(client, secretary, rosa):
    union = add_person("Unison", kind="organisation", language="es")
    gone = add_person("Erased One")
    Person.objects.filter(pk=gone.pk).update(erased_at=timezone.now())
    Person.objects.filter(pk=add_person("Merged One").pk).update(merged_into=rosa)
    everybody = client.get(url("list")).content.decode()
    assert "Unison" in everybody
    assert "Erased One" not in everybody
    assert "Merged One" not in everybody
    for query in ({"kind": "organisation"}, {"language": "es"}):
        shown = client.get(url("list"), query).content.decode()
        assert "Unison" in shown
        assert "José" not in shown
    assert "Unison" not in client.get(url("list"), {"kind": "nonsense"}).content.decode()
    assert union.kind == "organisation"


# --- who looked


def test_a_look_is_logged_once_an_hour_and_lists_never_keep_the_words_sought(client, secretary, rosa):
    for _look in range(3):
        client.get(url("person", rosa.uid))
    assert acts(person_uid=rosa.uid, by=secretary) == ["seen"]
    with time_machine.travel(timezone.now() + dt.timedelta(hours=2)):
        secretary.last_login = None
        client.force_login(secretary)
        client.get(url("person", rosa.uid))
    assert acts(person_uid=rosa.uid, by=secretary) == ["seen", "seen"]
    client.get(url("list"), {"q": "Ñahui", "kind": "person"})
    listed = AccessRecord.objects.get(act="listed")
    assert listed.detail == "q=… kind=person"


def test_changes_are_logged_by_the_names_of_fields_and_not_their_values(client, secretary, rosa):
    form = {"kind": "person", "name": rosa.name, "language": "es", "town": "Hackney", "notes": rosa.notes}
    form |= {"postcode": rosa.postcode, "tag_words": "choir, lima", "seen_at": rosa.changed_at.isoformat()}
    answer = client.post(url("edit", rosa.uid), form)
    assert answer.status_code == 302
    row = AccessRecord.objects.get(act="changed")
    assert row.fields == ["language", "tags", "town"]
    assert "Hackney" not in json.dumps([row.fields, row.detail])
    rosa.refresh_from_db()
    assert (rosa.town, rosa.language, rosa.tags.count()) == ("Hackney", "es", 2)


def test_who_saves_an_older_state_of_a_record_overwrites_nothing(client, secretary, rosa):
    form = {"kind": "person", "name": "Other", "language": "en", "seen_at": rosa.changed_at.isoformat()}
    rosa.town = "Leeds"
    rosa.save()
    shown = client.post(url("edit", rosa.uid), form)
    assert "Somebody changed this record" in shown.content.decode()
    rosa.refresh_from_db()
    assert rosa.name != "Other"


def test_administrators_read_the_log_and_secretaries_do_not(client, secretary, rosa):
    client.get(url("person", rosa.uid))
    assert client.get(url("log")).status_code == 302
    client.force_login(make_staff())
    assert rosa.name in client.get(url("log")).content.decode()


# --- keeping


def test_a_form_sent_twice_writes_one_person_down(client, secretary):
    form = {"kind": "person", "name": "  Rosa   Quispe ", "language": "en", "key": str(uuid.uuid4())}
    form |= {"emails": "one@example.org\ntwo@example.org"}
    first, second = (client.post(url("add"), form) for _click in range(2))
    assert first.url == second.url
    rosa = Person.objects.get()
    assert rosa.name == "Rosa Quispe"
    assert rosa.addresses.count() == 2
    shown = client.post(url("add"), form | {"emails": "no address", "key": str(uuid.uuid4())})
    assert "is no e-mail address; it looks like" in shown.content.decode()
    assert Person.objects.count() == 1


def test_the_page_says_for_each_address_and_purpose_what_may_be_sent_and_why(client, secretary, rosa):
    record_consent(rosa, rosa.addresses.get(), Purpose.BULLETINS, act=Act.GIVEN)
    record_consent(rosa, rosa.addresses.get(), Purpose.EVENTS, act=Act.WITHDRAWN)
    shown = client.get(url("person", rosa.uid)).content.decode()
    for words in ("Yes: they agreed.", "No: they withdrew.", "No: they never agreed."):
        assert words in shown


def agreement(rosa: Person, **more) -> dict:
    form = {"email": rosa.addresses.get().pk, "purposes": ["bulletins"], "act": "given", "page": "By letter"}
    return form | {"wording": "Send me news", "on": "2026-03-01", "key": str(uuid.uuid4())} | more


def test_consent_noted_by_staff_needs_its_wording_and_is_noted_once(client, secretary, rosa):
    assert client.post(url("agreement", rosa.uid), agreement(rosa, wording=" ")).status_code == 200
    assert not ConsentRecord.objects.exists()
    assert client.post(url("agreement", rosa.uid), agreement(rosa, on="2126-03-01")).status_code == 200
    form = agreement(rosa)
    for _click in range(2):
        client.post(url("agreement", rosa.uid), form)
    row = ConsentRecord.objects.get()
    assert (row.act, row.page, row.by, row.at.date()) == (
        "given",
        "By letter",
        secretary,
        dt.date(2026, 3, 1),
    )
    client.post(url("agreement", rosa.uid), agreement(rosa, act="withdrawn", wording="", on="2026-04-01"))
    assert permission(rosa, rosa.addresses.get(), Purpose.BULLETINS).refusal == Refusal.WITHDRAWN


def test_an_address_is_said_to_bounce_and_to_work_again_with_a_reason(client, secretary, rosa):
    email = rosa.addresses.get()
    page = url("address-state", rosa.uid, email.pk)
    assert client.post(page, {"state": "bounced", "reason": ""}).status_code == 200
    client.post(page, {"state": "bounced", "reason": "Mailbox full"})
    assert EmailAddress.objects.get().state == "bounced"
    assert "Mailbox full" in client.get(url("person", rosa.uid)).content.decode()
    client.post(page, {"state": "good", "reason": "She rang"})
    assert EmailAddress.objects.get().state == "good"


def test_the_receipt_tells_all_that_was_agreed_as_text_and_as_json(client, secretary, rosa):
    record_consent(rosa, rosa.addresses.get(), Purpose.BULLETINS, act=Act.GIVEN, wording="News & <more>")
    text = client.get(url("receipt", rosa.uid, "txt")).content.decode()
    assert "“News & <more>”" in text
    assert "rosa@example.org" in text
    told = json.loads(client.get(url("receipt", rosa.uid, "json")).content)
    assert told["records"][0]["act"] == "given"
    assert acts(act="exported") == ["exported", "exported"]


# --- who may


def test_treasurers_see_people_without_notes_and_change_nothing(client, secretary, rosa):
    assert "Prefers letters." in client.get(url("person", rosa.uid)).content.decode()
    client.force_login(make_staff(TREASURER, email="treasurer@example.org"))
    shown = client.get(url("person", rosa.uid)).content.decode()
    assert rosa.name in shown
    assert "Prefers letters." not in shown
    for name, args in (("edit", [rosa.uid]), ("add", []), ("agreement", [rosa.uid])):
        assert client.get(url(name, *args)).status_code == 302
    email = rosa.addresses.get()
    client.post(url("take-address", rosa.uid, email.pk))
    assert rosa.addresses.exists()


def test_editors_see_nobody(client, rosa):
    client.force_login(make_staff("Editors", email="editor@example.org"))
    for name, args in (("list", []), ("person", [rosa.uid]), ("log", []), ("receipt", [rosa.uid, "txt"])):
        answer = client.get(url(name, *args))
        assert answer.status_code == 302
        assert rosa.name not in answer.content.decode()
    assert not AccessRecord.objects.filter(act="seen").exists()


def test_an_address_is_added_and_taken_off_and_the_screens_speak_spanish(client, secretary, rosa):
    client.post(url("add-address", rosa.uid), {"email": "Second@Example.org"})
    second = EmailAddress.objects.get(folded="second@example.org")
    client.post(url("take-address", rosa.uid, second.pk))
    assert rosa.addresses.count() == 1
    profile = UserProfile.get_for_user(secretary)
    profile.preferred_language = "es"
    profile.save()
    assert "Todo, en orden" in client.get(url("person", rosa.uid)).content.decode()


def test_staff_choose_a_country_by_name_and_read_it_so(client, secretary, rosa):
    assert '<option value="GB" selected>' in client.get(url("add")).content.decode()
    Person.objects.update(country="PE")
    assert "<br>Peru</dd>" in client.get(url("person", rosa.uid)).content.decode()
    assert '<option value="PE" selected>Peru' in client.get(url("edit", rosa.uid)).content.decode()
