"""Can the coordinator write an issue, try it out, send it, stop it and settle doubts, by the screens alone?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from pututu.accounts.models import User
from pututu.bulletins.models import Delivery, Issue, Series
from pututu.bulletins.rules.ledger import State
from pututu.bulletins.tests.making import make_issue, make_reader, make_series, start
from tests.factories import make_site, make_staff, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_staff("Bulletin editors", email="coordinator@example.org"))
    return client


@pytest.fixture
def series() -> Series:
    homes = make_site(("en", "es"))
    make_story(
        homes["en"],
        "New extractives index",
        published=timezone.localdate().isoformat(),
        first_published_at=timezone.now(),
    )
    make_reader("ana@example.org", "Ana")
    return make_series()


def write(client: Client, issue: Issue, **words: Any) -> Any:
    items = issue.items.all()
    places = {f"place_{item.page_id}": number for number, item in enumerate(items, 1)}
    sent = {
        "untranslated": "mark",
        "en-subject": "Mining",
        "en-intro": "",
        "en-closing": "",
        "es-subject": "Minería",
    }
    return client.post(reverse("bulletins:write", args=[issue.uid]), sent | places | words)


def act(client: Client, issue: Issue, name: str, **more: str) -> Any:
    return client.post(reverse("bulletins:act", args=[issue.uid, name]), more)


def test_what_was_published_is_proposed_in_the_next_issue(editor: Client, series: Series) -> None:
    editor.post(reverse("bulletins:begin", args=[series.slug]))
    issue = Issue.objects.get()
    assert [item.page.title for item in issue.items.all()] == ["New extractives index"]
    assert {each.language for each in issue.editions.all()} == {"en", "es"}


def test_beginning_twice_goes_on_with_the_one_that_is_being_written(editor: Client, series: Series) -> None:
    for _press in range(2):
        editor.post(reverse("bulletins:begin", args=[series.slug]))
    assert Issue.objects.count() == 1


def test_a_page_without_a_place_is_left_out(editor: Client, series: Series) -> None:
    editor.post(reverse("bulletins:begin", args=[series.slug]))
    issue = Issue.objects.get()
    write(editor, issue, **{f"place_{issue.items.get().page_id}": ""})
    assert not issue.items.exists()
    assert issue.editions.get(language="es").subject == "Minería"


@pytest.fixture
def written(editor: Client, series: Series) -> Issue:
    editor.post(reverse("bulletins:begin", args=[series.slug]))
    issue = Issue.objects.get()
    write(editor, issue)
    return issue


def test_the_page_of_an_issue_says_to_how_many_it_goes(editor: Client, written: Issue) -> None:
    shown = editor.get(reverse("bulletins:issue", args=[written.uid])).content.decode()
    assert "send to 1 person" in shown
    assert "1 person, edition English" in shown
    assert "It is not translated." in shown


def test_only_what_is_typed_exactly_sends_it(editor: Client, written: Issue) -> None:
    address = reverse("bulletins:send", args=[written.uid])
    editor.post(address, {"typed": "send it"})
    written.refresh_from_db()
    assert written.state == Issue.State.DRAFT
    editor.post(address, {"typed": " Send to 1  person"})
    written.refresh_from_db()
    assert written.state == Issue.State.SCHEDULED
    assert written.send_at
    assert written.send_at > timezone.now() + dt.timedelta(minutes=4)


def test_an_issue_can_be_called_back_before_it_goes(editor: Client, written: Issue) -> None:
    editor.post(reverse("bulletins:send", args=[written.uid]), {"typed": "send to 1 person"})
    act(editor, written, "call-back")
    written.refresh_from_db()
    assert (written.state, written.send_at) == (Issue.State.DRAFT, None)


def test_an_edition_without_a_subject_is_not_sent(editor: Client, written: Issue) -> None:
    write(editor, written, **{"en-subject": ""})
    editor.post(reverse("bulletins:send", args=[written.uid]), {"typed": "send to 1 person"})
    written.refresh_from_db()
    assert written.state == Issue.State.DRAFT


def test_where_a_second_person_approves_the_writer_cannot_send_alone(editor: Client, written: Issue) -> None:
    Series.objects.update(needs_approval=True)
    act(editor, written, "approve")
    editor.post(reverse("bulletins:send", args=[written.uid]), {"typed": "send to 1 person"})
    written.refresh_from_db()
    assert (written.state, written.approved_by) == (Issue.State.DRAFT, None)

    second = Client()
    second.force_login(make_staff("Bulletin editors", email="second@example.org"))
    act(second, written, "approve")
    editor.post(reverse("bulletins:send", args=[written.uid]), {"typed": "send to 1 person"})
    written.refresh_from_db()
    assert written.state == Issue.State.SCHEDULED


def test_what_is_changed_after_the_approval_is_approved_anew(editor: Client, written: Issue) -> None:
    second = make_staff("Bulletin editors", email="second@example.org")
    Issue.objects.update(approved_by=second)
    write(editor, written, **{"en-intro": "Another thing."})
    written.refresh_from_db()
    assert written.approved_by is None


def test_a_test_goes_to_whoever_asks_and_is_marked(editor: Client, written: Issue) -> None:
    editor.post(reverse("bulletins:test", args=[written.uid, "en"]))
    [test] = mail.outbox
    assert test.to == ["coordinator@example.org"]
    assert test.subject == "[Test] Mining"
    assert not Delivery.objects.exists()


def test_the_preview_shows_the_mail_in_the_dark_too(editor: Client, written: Issue) -> None:
    address = reverse("bulletins:mail-alone", args=[written.uid, "en"])
    assert "prefers-color-scheme: dark" in editor.get(address).content.decode()
    dark = editor.get(address, {"dark": "1"}).content.decode()
    assert "prefers-color-scheme" not in dark
    assert "New extractives index" in dark


def test_a_mail_in_doubt_is_settled_once(editor: Client, written: Issue) -> None:
    issue = start(written)
    row = issue.deliveries.get()
    Delivery.objects.filter(pk=row.pk).update(state=State.IN_DOUBT)
    Issue.objects.update(state=Issue.State.SENT)
    shown = editor.get(reverse("bulletins:deliveries", args=[issue.uid]), {"state": "in-doubt"})
    assert "It went" in shown.content.decode()
    editor.post(reverse("bulletins:decide", args=[row.pk, "went"]))
    editor.post(reverse("bulletins:decide", args=[row.pk, "send-again"]))
    row.refresh_from_db()
    assert row.state == State.ACCEPTED
    assert issue.notes.filter(act="went").count() == 1


def test_what_did_not_go_goes_again_and_opens_the_issue(editor: Client, written: Issue) -> None:
    issue = start(written)
    Delivery.objects.update(state=State.IN_DOUBT)
    Issue.objects.update(state=Issue.State.SENT)
    editor.post(reverse("bulletins:decide", args=[issue.deliveries.get().pk, "send-again"]))
    issue.refresh_from_db()
    assert issue.state == Issue.State.SENDING
    assert issue.deliveries.get().state == State.WAITING


def test_what_is_given_up_is_accounted_for(editor: Client, written: Issue) -> None:
    issue = start(written)
    for name in ("stop", "give-up"):
        act(editor, issue, name, why="A wrong story")
    issue.refresh_from_db()
    assert issue.state == Issue.State.CANCELLED
    shown = editor.get(reverse("bulletins:issue", args=[issue.uid])).content.decode()
    assert "1 on the list = 0 accepted" in shown
    assert "1 not to be written to any more" in shown


@pytest.mark.parametrize("role", ["Editors", "Treasurers", "Membership secretaries"])
def test_other_roles_neither_read_nor_send(client: Client, role: str, series: Series) -> None:
    issue = make_issue(series)
    client.force_login(make_staff(role, email="other@example.org"))
    addresses = [
        reverse("bulletins:index"),
        reverse("bulletins:issue", args=[issue.uid]),
        reverse("bulletins:deliveries", args=[issue.uid]),
    ]
    assert {client.get(address).status_code for address in addresses} == {302}
    act(client, issue, "approve")
    issue.refresh_from_db()
    assert issue.approved_by is None


def test_a_series_shows_its_audience_over_time(editor: Client, series: Series) -> None:
    for number in range(2):
        make_reader(f"more{number}@example.org", f"More {number}")
        start(make_issue(series))
    shown = editor.get(reverse("bulletins:series", args=[series.slug])).content.decode()
    assert "Readers, issue by issue" in shown
    assert '<td class="num">2</td><td class="num">3</td>' in shown


def test_numbers_keep_up_while_an_issue_is_under_way_and_not_after(editor: Client, series: Series) -> None:
    issue = start(make_issue(series))
    address = reverse("bulletins:issue", args=[issue.uid])
    shown = editor.get(address).content.decode()
    assert "under-way.js" in shown
    assert "data-stop-looking" in shown
    assert "0 of 1 are settled." in shown
    Delivery.objects.update(state=State.ACCEPTED)
    Issue.objects.update(state=Issue.State.SENT)
    shown = editor.get(address).content.decode()
    assert "under-way.js" not in shown
    assert "data-stop-looking" not in shown
    assert "1 of 1 are settled." in shown


def test_in_spanish_days_and_languages_are_written_as_inside_a_sentence_and_tables_take_the_keyboard(
    editor: Client, series: Series
) -> None:
    profile = UserProfile.get_for_user(User.objects.get())
    profile.preferred_language = "es"
    profile.save()
    draft = make_issue(series)
    shown = editor.get(reverse("bulletins:issue", args=[draft.uid])).content.decode()
    assert "1 persona, edición en inglés" in shown
    issue = start(make_issue(series))
    Issue.objects.filter(pk=issue.pk).update(frozen_at=dt.datetime(2026, 11, 26, 14, 5, tzinfo=dt.UTC))
    listed = editor.get(reverse("bulletins:series", args=[series.slug])).content.decode()
    assert "26 de noviembre de 2026 a las 14:05" in listed
    for page in (listed, editor.get(reverse("bulletins:returned")).content.decode()):
        assert (
            'role="group"' in page.partition('<table class="listing"')[0].rpartition('<div class="wide"')[2]
        )
