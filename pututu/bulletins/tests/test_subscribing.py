"""Does a bulletin begin only when whoever reads mail at the address confirms it, and is nobody told who is known?"""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pututu.bulletins.models import AskedChoice, Asking, Choice, Delivery, Series
from pututu.bulletins.rendering.links import reader_token
from pututu.bulletins.services import asked, subscribing
from pututu.bulletins.services.asked import KEPT_FOR, write_to_those_who_asked
from pututu.bulletins.services.audience import audience_of, no_longer_readers
from pututu.bulletins.services.choosing import leave_series
from pututu.bulletins.tests.making import agree, make_issue, make_reader, make_series, start
from pututu.people.models import ConsentRecord, EmailAddress, Person, Suppression
from pututu.people.rules import Act
from pututu.people.services import is_suppressed, permission, suppress, withdraw_consent
from pututu.people.services.persons import set_address_state
from tests.factories import make_site, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def weekly() -> Series:
    make_site(("en", "es"))
    make_topic("mining", en="Mining", es="Minería")
    return make_series()


@pytest.fixture
def ask(client: Client, weekly: Series, django_capture_on_commit_callbacks: Any) -> Any:
    def asking(address: str = "ana@example.org", page: str = "/en/bulletins/", **said: Any) -> Any:
        said = {"key": str(uuid.uuid4()), "email": address, "series": ["weekly"], "languages": ["en"], **said}
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(page, said)
            write_to_those_who_asked()
        return answer

    return asking


def confirm(client: Client, number: int = -1) -> None:
    found = re.search(r"https?://[^/]+(/\S+)", mail.outbox[number].body)
    assert found
    assert client.post(found[1]).status_code == 200


def request_of(series: Series, address: str) -> subscribing.Request:
    return subscribing.Request(
        key=uuid.uuid4(), email=address, series=[series], language="en", page="/en/bulletins/"
    )


def readers(series: Series, *languages: str) -> list[tuple[str, str, tuple[str, ...]]]:
    found = audience_of(series, dict.fromkeys(languages or ("en", "es"), ()), on=timezone.localdate())
    return [(each.address, each.language, each.topics) for each in found.readers]


def test_nothing_comes_before_the_letter_is_confirmed(client: Client, weekly: Series, ask: Any) -> None:
    answer = ask(languages=["es"], topics=["mining"])
    assert (answer.status_code, answer["Location"]) == (303, "/en/bulletins/asked/")
    assert readers(weekly) == []
    confirm(client)
    assert readers(weekly) == [("ana@example.org", "es", ("mining",))]
    said = ConsentRecord.objects.get(act=Act.GIVEN).wording
    assert said == "Please send me: Weekly bulletin. In: Spanish. On: Mining."
    assert not client.cookies


def test_the_spanish_page_asks_in_spanish(client: Client, ask: Any) -> None:
    answer = ask(page="/es/boletines/", languages=["es"])
    assert answer["Location"] == "/es/boletines/enviado/"
    assert "Boletín semanal" in mail.outbox[-1].body
    assert Person.objects.get().language == "es"


def test_a_series_that_was_not_asked_for_does_not_come(client: Client, weekly: Series, ask: Any) -> None:
    monthly = make_series("monthly")
    ask()
    confirm(client)
    assert (len(readers(weekly)), readers(monthly)) == (1, [])
    ask(series=["monthly"])
    confirm(client)
    assert (len(readers(weekly)), len(readers(monthly))) == (1, 1)


def test_a_series_that_is_begun_later_does_not_come_to_who_named_another(
    client: Client, weekly: Series, ask: Any
) -> None:
    """Who agreed to bulletins altogether gets it: their consent says so."""
    make_reader("all@example.org", "Alba")
    ask()
    confirm(client)
    later = make_series("later")
    assert [row[0] for row in readers(weekly)] == ["all@example.org", "ana@example.org"]
    assert [row[0] for row in readers(later)] == ["all@example.org"]
    assert audience_of(later, {"en": ()}, on=timezone.localdate()).left_out == {"not-asked-for": 1}
    ask(series=["later"], languages=["en"])
    confirm(client)
    assert [row[0] for row in readers(later)] == ["all@example.org", "ana@example.org"]
    assert len(readers(make_series("last"))) == 1


def test_who_got_all_and_names_one_goes_on_getting_all(client: Client, weekly: Series, ask: Any) -> None:
    make_reader("ana@example.org", "Ana")
    ask(topics=["mining"])
    confirm(client)
    assert readers(weekly) == [("ana@example.org", "en", ("mining",))]
    assert len(readers(make_series("later"))) == 1


def test_who_named_one_series_and_leaves_it_has_withdrawn(client: Client, weekly: Series, ask: Any) -> None:
    monthly = make_series("monthly")
    ask(series=["weekly", "monthly"])
    confirm(client)
    make_series("later")
    person = Person.objects.get()
    email = person.addresses.get()
    leave_series(person, email, weekly, page="/en/")
    assert permission(person, email, "bulletins")
    leave_series(person, email, monthly, page="/en/")
    assert not permission(person, email, "bulletins")


def test_who_named_one_left_it_and_agrees_to_all_gets_all(client: Client, weekly: Series, ask: Any) -> None:
    ask()
    confirm(client)
    later = make_series("later")
    person = Person.objects.get()
    leave_series(person, person.addresses.get(), weekly, page="/en/")
    assert (readers(weekly), readers(later)) == ([], [])
    agree(person, "ana@example.org")
    assert (len(readers(weekly)), len(readers(later))) == (1, 1)


def test_who_names_another_while_an_issue_is_on_its_way_is_taken_off(
    client: Client, weekly: Series, ask: Any
) -> None:
    ana = make_reader("ana@example.org", "Ana")
    pair = (ana.pk, ana.addresses.get().pk)
    make_series("monthly")
    withdraw_consent(ana, ana.addresses.get(), ["bulletins"], page="/en/")
    ask(series=["monthly"], name="Ana")
    confirm(client)
    assert dict(no_longer_readers(weekly, [pair], on=timezone.localdate())) == {pair: "not-asked-for"}
    agree(make_reader("bea@example.org", "Bea"), "bea@example.org")
    bea = Person.objects.get(name="Bea")
    pair = (bea.pk, bea.addresses.get().pk)
    assert not dict(no_longer_readers(weekly, [pair], on=timezone.localdate()))


def test_strangers_change_nothing_of_what_a_reader_gets(client: Client, weekly: Series, ask: Any) -> None:
    ana = make_reader("ana@example.org", "Ana")
    before = readers(weekly)
    ask(languages=["es"], topics=["mining"])
    assert readers(weekly) == before == [("ana@example.org", "en", ())]
    assert Person.objects.get() == ana, "without a name, whoever has the address alone is meant"
    confirm(client)
    assert readers(weekly) == [("ana@example.org", "es", ("mining",))]


def test_whoever_left_comes_back_by_confirming_only(client: Client, weekly: Series, ask: Any) -> None:
    ana = make_reader("ana@example.org", "Ana")
    email = ana.addresses.get()
    Choice.objects.create(person=ana, email=email, series=weekly, left_at=timezone.now())
    withdraw_consent(ana, email, ["bulletins"], page="/en/")
    ask(name="Ana")
    assert readers(weekly) == []
    assert not permission(ana, email, "bulletins")
    confirm(client)
    assert readers(weekly) == [("ana@example.org", "en", ())]


def test_the_link_of_an_old_mail_asks_by_a_letter(
    client: Client, weekly: Series, django_capture_on_commit_callbacks: Any
) -> None:
    make_reader("ana@example.org", "Ana")
    delivery: Delivery = start(make_issue(weekly)).deliveries.get()
    token = reader_token(delivery)
    client.post(reverse("bulletin-leave", args=[token]))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("bulletin-choices", args=[token]), {"again": "1"})
    assert readers(weekly) == []
    confirm(client)
    assert len(readers(weekly)) == 1


def test_whoever_agrees_anew_after_leaving_all_gets_all(client: Client, weekly: Series) -> None:
    ana = make_reader("ana@example.org", "Ana")
    email = ana.addresses.get()
    Choice.objects.create(person=ana, email=email, series=weekly, left_at=timezone.now())
    withdraw_consent(ana, email, ["bulletins"], page="/en/")
    agree(ana, "ana@example.org")
    assert len(readers(weekly)) == 1


def test_a_double_click_writes_one_person_down_and_one_letter(ask: Any) -> None:
    key = str(uuid.uuid4())
    ask(key=key, name="Ana")
    ask(key=key, name="Ana")
    assert (Person.objects.count(), len(mail.outbox), AskedChoice.objects.count()) == (1, 1, 1)


def test_two_clicks_at_once_are_one_person(weekly: Series, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second finds nobody at the address, for the first has not committed; its key says that it is the same."""
    request = request_of(weekly, "ana@example.org")
    subscribing.subscribe(request)
    find, blind = subscribing.take_down, [True]

    def take_down(name: str, email: str, /, **columns: Any) -> Any:
        if blind.pop() if blind else False:
            person = subscribing.Person(name=name, reference="ZZZZZZZ", **columns)
            person.save(force_insert=True)
        return find(name, email, **columns)

    monkeypatch.setattr(subscribing, "take_down", take_down)
    subscribing.subscribe(subscribing.Request(**{**_facts(request), "name": "ana@example.org"}))
    assert not blind, "the other way was gone"
    assert Person.objects.count() == 1


def _facts(request: Any) -> dict[str, Any]:
    return {name: getattr(request, name) for name in request.__dataclass_fields__}


def test_the_answer_is_the_same_whatever_is_known(weekly: Series, ask: Any) -> None:
    make_reader("ana@example.org", "Ana")
    make_reader("bounced@example.org", "Bea")
    set_address_state(EmailAddress.objects.get(address="bounced@example.org"), "bounced", reason="no")
    answers = [ask(each) for each in ("ana@example.org", "bounced@example.org", "new@example.org")]
    assert {(each.status_code, each["Location"], each.content) for each in answers} == {
        (303, "/en/bulletins/asked/", b"")
    }
    assert [each.to for each in mail.outbox] == [["ana@example.org"], ["new@example.org"]]


VALUES = re.compile(r"'[^']*'|\bs\d+_x\d+|\b\d+\b")


def known_in_every_way() -> list[str]:
    """Addresses of which something else is known each, and one of which nothing is."""
    for name in ("reader", "bounced", "left"):
        make_reader(f"{name}@example.org", name)
    make_reader("shared@example.org", "Ana")
    make_reader("shared@example.org", "Bea")
    set_address_state(EmailAddress.objects.get(address="bounced@example.org"), "bounced", reason="no")
    left = EmailAddress.objects.get(address="left@example.org")
    withdraw_consent(left.people.get(), left, ["bulletins"], page="/en/")
    suppress("erased@example.org", reason=Suppression.Reason.ERASED)
    suppress("complained@example.org", reason=Suppression.Reason.COMPLAINED)
    names = ("reader", "bounced", "left", "shared", "erased", "complained", "nobody")
    return [f"{name}@example.org" for name in names]


def test_the_answer_takes_the_same_work_whatever_is_known(
    client: Client, weekly: Series, django_capture_on_commit_callbacks: Any
) -> None:
    """What is asked of the database and what is sent within the request must tell nobody who is known."""
    said = {"series": ["weekly"], "languages": ["en"]}
    works = {}
    addresses = ["warm@example.org", *known_in_every_way()]
    for address in addresses:
        form = {**said, "key": str(uuid.uuid4()), "email": address}
        with (
            CaptureQueriesContext(connection) as noted,
            django_capture_on_commit_callbacks(execute=True) as later,
        ):
            client.post("/en/bulletins/", form)
        works[address] = ([VALUES.sub("?", each["sql"]) for each in noted.captured_queries], len(later))
    del works["warm@example.org"]  # it filled what the process keeps
    first = works["nobody@example.org"]
    assert len(first[0]) > 3
    assert all(work == first for work in works.values()), works
    assert not mail.outbox
    with django_capture_on_commit_callbacks(execute=True):
        assert write_to_those_who_asked() == len(addresses)
    assert {each.to[0].partition("@")[0] for each in mail.outbox} == {
        *("warm", "reader", "left", "shared", "erased", "nobody")
    }


def test_what_was_asked_goes_when_it_is_worked_at_and_what_fails_keeps_no_other_back(
    weekly: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in ("bad@example.org", "good@example.org"):
        subscribing.take_in(request_of(weekly, address))
    write = asked.subscribe

    def fail(request: Any) -> None:
        if request.email.startswith("bad"):
            raise OSError("disk full")
        write(request)

    monkeypatch.setattr(asked, "subscribe", fail)
    assert write_to_those_who_asked() == 1
    assert [each.said["email"] for each in Asking.objects.all()] == ["bad@example.org"]
    Asking.objects.update(at=timezone.now() - 2 * KEPT_FOR)
    write_to_those_who_asked()
    assert not Asking.objects.exists()


def test_the_address_of_somebody_erased_opens_when_they_confirm_and_not_before(
    client: Client, weekly: Series, ask: Any
) -> None:
    suppress("ana@example.org", reason=Suppression.Reason.ERASED)
    ask()
    assert is_suppressed("ana@example.org")
    confirm(client)
    assert not is_suppressed("ana@example.org")
    assert len(readers(weekly)) == 1


def test_an_address_that_complained_is_not_even_asked(ask: Any) -> None:
    suppress("ana@example.org", reason=Suppression.Reason.COMPLAINED)
    ask()
    assert not mail.outbox
    ask("bea@example.org")
    assert len(mail.outbox) == 1


def test_one_address_is_not_flooded(ask: Any) -> None:
    answers = [ask(topics=["mining"] if number % 2 else []) for number in range(7)]
    assert [each.status_code for each in answers] == [303] * 6 + [429]
    assert ask("bea@example.org").status_code == 303


def test_what_a_program_fills_in_goes_nowhere(ask: Any) -> None:
    ask(website="https://example.org/")
    assert not Person.objects.exists()
    ask()
    assert Person.objects.exists()


def test_a_form_without_a_series_says_what_is_missing(ask: Any) -> None:
    answer = ask(series=[])
    assert answer.status_code == 422
    assert "Please choose what you want to get." in answer.content.decode()


def test_the_page_offers_what_everybody_may_have(client: Client, weekly: Series) -> None:
    make_series("letter", purpose="membership")
    make_series("hidden", is_offered=False)
    make_reader("ana@example.org", "Ana")
    issue = start(make_issue(weekly))
    shown = client.get("/en/bulletins/?topic=mining").content.decode()
    assert 'value="weekly" checked' in shown
    assert 'value="mining" checked' in shown
    assert 'value="letter"' not in shown
    assert 'value="hidden"' not in shown
    assert reverse("bulletin-issue", args=["weekly", issue.number]) in shown
    assert "ana@example.org" not in shown


def test_the_topic_page_and_the_footer_lead_there(client: Client, weekly: Series) -> None:
    shown = client.get("/en/topics/mining/").content.decode()
    assert "/en/bulletins/?topic=mining" in shown
    assert shown.count('href="/en/bulletins/"') == 1
