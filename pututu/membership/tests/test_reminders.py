"""Members are reminded before, at and after the end, each time once, by the way that reaches them."""

from io import StringIO

import pypdfium2
import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pututu.lib.paper import prepare
from pututu.lib.references import show_reference
from pututu.membership.models import MembershipRules, Reminder
from pututu.membership.rules import Status, read_reminders
from pututu.membership.services import end_membership
from pututu.membership.services.consents import note_membership_mail
from pututu.membership.services.reminders import claim, due_reminders, note_letters, send_reminders
from pututu.people.models import Person
from pututu.shell.models import SiteSettings
from tests.belonging import day, make_membership, make_person, make_plan, pay_for
from tests.factories import make_site, make_staff


def member(name="Rosa Quispe", *emails, plan=None, **columns):
    """Somebody who paid on 15 March 2026, so that it ends on 14 March 2027."""
    person = make_person(name, *emails, **columns)
    for email in person.addresses.all():
        note_membership_mail(person, email, page="test", language="en")
    membership = make_membership(plan or make_plan(f"plan-{name.split()[0].lower()}"), person)
    pay_for(membership)
    return membership


@pytest.fixture
def rosa(db):
    return member("Rosa Quispe", "rosa@example.org")


def test_each_reminder_goes_once_and_says_when_and_how(rosa):
    assert send_reminders(day("2027-02-11")) == 0
    assert send_reminders(day("2027-02-12")) == 1
    assert send_reminders(day("2027-02-12")) == send_reminders(day("2027-02-20")) == 0
    [letter] = mail.outbox
    assert letter.to == ["rosa@example.org"]
    assert "14 March 2027" in letter.body
    assert "£36" in letter.body
    assert "/en/me/" in letter.body


def test_the_whole_schedule_is_three_letters(rosa):
    sent = [number for number in range(120) if send_reminders(day("2027-01-01") + number * one_day())]
    assert sent == [42, 72, 93]  # 12 February, 14 March, 4 April
    assert [each.key for each in Reminder.objects.all()] == ["-30", "+0", "+21"]
    assert "has ended" in mail.outbox[2].subject


def one_day():
    return day("2026-01-02") - day("2026-01-01")


def test_reminders_speak_the_members_language(db):
    member("Rosa", "rosa@example.org", language="es")
    send_reminders(day("2027-02-12"))
    assert "14 de marzo de 2027" in mail.outbox[0].body
    assert "/es/mi-pagina/" in mail.outbox[0].body


def test_whoever_paid_or_left_is_not_reminded(rosa):
    other = member("Juan", "juan@example.org")
    pay_for(rosa, on="2027-01-10")
    end_membership(other, status=Status.RESIGNED, on=day("2027-01-10"), reason="asked for it")
    assert due_reminders(day("2027-02-12")) == []
    member("Ana", "ana@example.org")
    assert len(due_reminders(day("2027-02-12"))) == 1


def test_nobody_is_written_to_without_a_ground(db):
    person = make_person("Rosa", "rosa@example.org")
    pay_for(make_membership(make_plan(), person))
    [due] = due_reminders(day("2027-02-12"))
    assert due.email is None
    assert send_reminders(day("2027-02-12")) == 0
    note_membership_mail(person, person.addresses.get(), page="test", language="en")
    assert send_reminders(day("2027-02-12")) == 1


def test_of_two_that_send_at_once_one_sends(rosa):
    [due] = due_reminders(day("2027-02-12"))
    assert [claim(due, channel="email") for _time in range(2)] == [True, False]
    assert send_reminders(day("2027-02-12")) == 0


def test_in_doubt_a_reminder_is_never_sent_twice(rosa, monkeypatch, caplog):
    def break_off(*_args, **_kwargs):
        raise OSError("rosa@example.org: connection lost after DATA")

    with monkeypatch.context() as broken:
        broken.setattr(mail.EmailMultiAlternatives, "send", break_off)
        assert send_reminders(day("2027-02-12")) == 0
    assert send_reminders(day("2027-02-12")) == 0
    assert "rosa@" not in caplog.text
    assert Reminder.objects.count() == 1


def test_where_the_mail_server_is_down_nothing_counts_as_sent(rosa, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError, match="refused"):
        send_reminders(day("2027-02-12"))
    assert not Reminder.objects.exists()


def test_a_group_that_wants_none_sends_none(rosa):
    MembershipRules.objects.update_or_create(pk=1, defaults={"reminder_days": ""})
    assert due_reminders(day("2027-02-12")) == []


def test_a_dry_run_names_them_and_sends_nothing(rosa, time_machine):
    member("Ana Lopez")
    time_machine.move_to("2027-02-12T10:00Z")
    said = StringIO()
    call_command("send_reminders", "--dry-run", stdout=said)
    assert "Rosa Quispe, ends 2027-03-14, reminder -30: rosa@example.org" in said.getvalue()
    assert "Ana Lopez, ends 2027-03-14, reminder -30: by post" in said.getvalue()
    assert not mail.outbox
    call_command("send_reminders", stdout=said)
    assert len(mail.outbox) == 1


@given(st.lists(st.integers(-366, 366), max_size=8))
def test_days_are_read_as_they_are_written(days):
    read = read_reminders(", ".join(map(str, days)))
    assert [rule.days for rule in read] == sorted(set(days))
    assert len({rule.key for rule in read}) == len(read)


@pytest.mark.parametrize("text", ["soon", "1.5", "9999", "-30 0"])
def test_days_that_are_none_are_refused(text):
    with pytest.raises(ValueError, match=r"."):
        read_reminders(text)


# --- by post


@pytest.fixture
def secretary(client, rosa, time_machine):
    make_site(("en", "es"))
    member("Ana Łopez", address="1 Hill Road", town="Leeds", postcode="LS1 1AA")
    time_machine.move_to("2027-02-12T10:00Z")
    client.force_login(make_staff("Membership secretaries", email="secretary@example.org"))
    return client


def words_of(answer):
    assert answer["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(answer.content)
    return [page.get_textpage().get_text_bounded() for page in document]


def test_letters_and_labels_are_for_those_whom_no_mail_reaches(secretary):
    letter = words_of(secretary.get(reverse("membership:letters")))[0]
    for words in ("Ana Łopez", "1 Hill Road", "LS1 1AA", "14 March 2027", "£36"):
        assert words in letter
    assert "Rosa" not in letter
    [labels] = words_of(secretary.get(reverse("membership:labels")))
    assert "LS1 1AA" in labels


def test_what_was_posted_is_noted_once_and_printing_notes_nothing(secretary):
    url = reverse("membership:reminders")
    assert "Ana Łopez" in secretary.get(url).content.decode()
    secretary.get(reverse("membership:letters"))
    assert not Reminder.objects.exists()
    keys = [each.key for each in due_reminders(day("2027-02-12")) if not each.email]
    for _time in range(2):
        secretary.post(url, {"due": keys})
    assert [each.channel for each in Reminder.objects.all()] == ["letter"]
    assert "Ana Łopez" not in secretary.get(url).content.decode()
    assert note_letters(["nonsense"], day("2027-02-12")) == 0


def test_treasurers_send_no_reminders(client, secretary):
    client.force_login(make_staff("Treasurers", email="treasurer@example.org"))
    for name in ("reminders", "letters", "labels"):
        assert client.get(reverse(f"membership:{name}")).status_code == 302


def test_a_letter_names_the_country_last_in_english_and_in_capitals_and_only_abroad(secretary):
    assert "UNITED KINGDOM" not in words_of(secretary.get(reverse("membership:letters")))[0]
    lines = "\n".join(f"Line {number}" for number in range(9))
    Person.objects.filter(name="Ana Łopez").update(country="DE", language="es", address=lines)
    letter = words_of(secretary.get(reverse("membership:letters")))[0]
    [label] = words_of(secretary.get(reverse("membership:labels")))
    for paper in (letter, label):
        assert "LS1 1AA\r\nGERMANY" in paper or "GERMANY" in paper.splitlines()
    SiteSettings.objects.update(home_country="DE")
    assert "GERMANY" not in words_of(secretary.get(reverse("membership:letters")))[0]


NAMES = {
    "Łukasz Čapek": "Łukasz Čapek",
    "Ольга Щербакова": "Ольга Щербакова",
    "Ana 🌸 Mamani": "Ana Mamani",
    "محمد بن سلمان": "",
    "王小明": "",
    "Ñ" * 200: "Ñ" * 20,
}


@pytest.mark.parametrize(("name", "printed"), NAMES.items())
def test_every_sign_of_a_letter_and_a_label_is_in_their_type_and_other_names_are_left_to_a_hand(
    secretary, name, printed
):
    ana = Person.objects.get(name="Ana Łopez")
    Person.objects.filter(pk=ana.pk).update(name=name)
    letter = words_of(secretary.get(reverse("membership:letters")))[0]
    [label] = words_of(secretary.get(reverse("membership:labels")))
    for paper in (letter, label):
        assert {ord(sign) for sign in paper} - set(b"\r\n") <= prepare()
        assert (printed or f"____ {show_reference(ana.reference)}") in paper
        assert "LS1 1AA" in paper
    assert ("Good day," in letter) is not bool(printed)
    page = secretary.get(reverse("membership:reminders")).content.decode()
    assert ("write it by hand" in page) is not bool(printed)
