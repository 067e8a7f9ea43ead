"""A membership can be a present: the giver pays, whoever gets it belongs, neither learns what is known of the other."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from pututu.giving.models import Payment
from pututu.giving.services.ledger import confirm_payment
from pututu.membership.models import Membership
from pututu.membership.rules import Objection
from pututu.membership.services.own_page import leave
from pututu.membership.services.presents import stop_giving
from pututu.membership.services.reminders import due_reminders, send_reminders
from pututu.membership.services.renewals import await_renewals
from pututu.membership.services.terms import objection_to
from pututu.membership.subjects import subject
from pututu.people.models import ConsentRecord, Person
from pututu.people.rules import Act, Purpose
from pututu.people.services import is_suppressed, permission, record_consent, suppress
from pututu.people.services.disclosing import everything
from pututu.people.services.erasing import erase_person
from tests.belonging import day, make_membership, make_person, make_plan, pay_for
from tests.factories import make_site, make_staff

from .conftest import link_in
from .test_joining import said

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_day(time_machine):
    time_machine.move_to("2026-03-15T10:00Z")


@pytest.fixture
def plan():
    make_site(("en", "es"))
    return make_plan(price=30, methods=["cheque"])


def give(client, **changes):
    present = {"gift_name": "Ana Lopez", "gift_email": "ana@example.org", "gift_language": "es"}
    return client.post(reverse("join"), said(**{**present, **changes}))


def signed_in(address, letters):
    """A browser in which whoever reads that mailbox has followed the mailed link."""
    client = Client()
    with letters() as sent:
        client.post(reverse("me-link"), {"email": address})
    client.post(link_in(sent[0]))
    return client


def own_page(client):
    return client.get(reverse("me")).content.decode()


def received(on="2026-03-20"):
    return confirm_payment(Payment.objects.pending().get(), received_on=day(on))


# --- giving


def test_neither_an_erased_giver_nor_an_erased_recipient_is_opened_by_the_form(client, plan, letters):
    for name, address in (("Rosa Quispe", "rosa@example.org"), ("Ana Lopez", "ana@example.org")):
        erase_person(make_person(name, address), by=None)
    with letters() as sent:
        give(client)
        received()
    assert [(each.to, "Please confirm" in each.subject) for each in sent] == [(["rosa@example.org"], True)]
    assert is_suppressed("rosa@example.org")
    assert is_suppressed("ana@example.org")
    with letters() as sent:
        give(client, email="other@example.org", gift_email="another@example.org", gift_name="Eva Ruiz")
        received()
    assert {each.to[0] for each in sent} == {"other@example.org", "another@example.org"}


def test_the_giver_is_asked_for_the_money_and_whoever_gets_it_holds_the_membership(client, plan, letters):
    with letters() as sent:
        answer = give(client, gift_town="Lima")
    membership, payment = Membership.objects.get(), Payment.objects.get()
    rosa, ana = Person.objects.get(name="Rosa Quispe"), Person.objects.get(name="Ana Lopez")
    assert (membership.holder, membership.given_by, payment.payer) == (ana, rosa, rosa)
    assert (ana.language, ana.town, rosa.town) == ("es", "Lima", "")
    assert [row.person for row in membership.belongings.all()] == [ana]
    assert [each.to for each in sent] == [["rosa@example.org"]]
    assert "You give Ana Lopez a membership" in sent[0].body
    shown = client.get(answer.url).content.decode()
    assert rosa.reference[:3] in shown
    assert "Ana" not in shown


def test_whoever_gets_it_is_told_when_the_money_came_and_not_before(client, plan, letters):
    give(client)
    ana = Person.objects.get(name="Ana Lopez")
    assert not permission(ana, ana.addresses.get(), Purpose.MEMBERSHIP)
    assert "Individual" not in own_page(signed_in("ana@example.org", letters))
    with letters() as sent:
        payment = received()
        confirm_payment(payment, received_on=day("2026-03-20"))
    told = {each.to[0]: each for each in sent}
    assert set(told) == {"rosa@example.org", "ana@example.org"}
    assert len(sent) == 2
    assert told["ana@example.org"].subject.startswith("Un regalo")
    assert "Rosa Quispe" in told["ana@example.org"].body
    assert "has begun" in told["rosa@example.org"].subject
    page = own_page(signed_in("ana@example.org", letters))
    assert "A present from" in page
    assert "current" in page


def test_a_further_year_is_not_announced_as_a_present_again(client, plan, letters):
    give(client)
    received()
    membership = Membership.objects.get()
    await_renewals(day("2027-03-10"))
    with letters() as sent:
        received("2027-03-12")
    assert membership.terms.count() == 2
    assert not sent


def test_what_is_ticked_is_the_givers_and_nothing_is_agreed_for_somebody_else(client, plan, letters):
    with letters() as sent:
        give(client, mail=["events"])
    asked = ConsentRecord.objects.get(act="asked")
    assert asked.person.name == "Rosa Quispe"
    received()
    assert {row.purpose for row in ConsentRecord.objects.filter(person__name="Ana Lopez")} == {"membership"}
    assert {address for each in sent for address in each.to} == {"rosa@example.org"}


def test_without_an_address_nobody_is_written_to_but_the_giver(client, plan, letters):
    give(client, gift_email="")
    with letters() as sent:
        received()
    assert [each.to for each in sent] == [["rosa@example.org"]]
    assert Person.objects.get(name="Ana Lopez").addresses.count() == 0


def test_an_address_without_a_name_is_asked_for_the_name(client, plan):
    answer = give(client, gift_name="")
    assert answer.status_code == 422
    assert "Please write the name of whoever gets it." in answer.content.decode()
    assert '<details class="stack" open>' in answer.content.decode()
    assert not Membership.objects.exists()
    assert give(client, gift_email="no address").status_code == 422
    assert give(client).status_code == 303


def test_a_double_click_gives_once_and_the_same_present_again_is_the_same(client, plan):
    form = said(gift_name="Ana Lopez", gift_email="ana@example.org")
    for _time in range(3):
        client.post(reverse("join"), form)
    give(client)
    assert (Membership.objects.count(), Payment.objects.count(), Person.objects.count()) == (1, 1, 2)
    give(client, gift_name="Juan Mamani", gift_email="")  # the control: somebody else gets another
    give(client, gift_name="Juan Mamani", gift_email="")
    assert (Membership.objects.count(), Payment.objects.count(), Person.objects.count()) == (2, 2, 3)


def test_a_refusal_of_mail_is_not_undone_by_a_present(client, plan, letters):
    ana = make_person("Ana Lopez", "ana@example.org")
    record_consent(ana, ana.addresses.get(), Purpose.MEMBERSHIP, act=Act.WITHDRAWN)
    give(client)
    with letters() as sent:
        received()
    assert [each.to for each in sent] == [["rosa@example.org"]]
    suppress("luz@example.org", reason="erased")
    give(client, gift_name="Luz", gift_email="luz@example.org")
    with letters() as sent:
        received()
    assert [each.to for each in sent] == [["rosa@example.org"]]


# --- neither learns of the other


def test_who_is_known_is_answered_and_shown_like_who_is_not(client, plan, letters):
    known = make_person("Ana López", "ana@example.org", town="Cusco")
    pay_for(make_membership(plan, known), on="2026-01-01", amount=30)
    pages = []
    for name, email in (("Ana Lopez", "ana@example.org"), ("Eva Lopez", "eva@example.org")):
        give(client, gift_name=name, gift_email=email)
        received()
        pages.append(own_page(signed_in("rosa@example.org", letters)))
        section = pages[-1].split('id="presents"')[1].split('id="payments"')[0]
        assert name in section
        assert "López" not in section
        assert "You have paid for it until 19 March 2027." in section
        assert subject(Membership.objects.get(given_to=name)).label.startswith(f"{name}, ")  # on the receipt
    assert Membership.objects.filter(holder=known).count() == 2  # what she has of herself was not touched
    assert Membership.objects.get(holder=known, given_by=None).terms.count() == 1


def test_the_giver_reads_of_their_own_money_and_of_nothing_else(client, plan, letters):
    give(client)
    received("2026-03-15")
    membership, rosa = Membership.objects.get(), Person.objects.get(name="Rosa Quispe")
    leave(membership, on=day("2026-03-15"))
    told = everything(rosa)
    assert [(row["to"], row["paid_until"]) for row in told["presents"]] == [("Ana Lopez", "2027-03-14")]
    assert told["memberships"] == []
    assert "given up" not in own_page(signed_in("rosa@example.org", letters))
    assert "given up" in own_page(signed_in("ana@example.org", letters))


def test_the_giver_changes_nothing_of_what_is_somebody_elses(client, plan, letters):
    give(client)
    received()
    uid = Membership.objects.get().uid
    rosa, ana = (signed_in(f"{who}@example.org", letters) for who in ("rosa", "ana"))
    for name in ("me-household", "me-leave"):
        assert rosa.post(reverse(name, args=[uid]), {"name": "X"}).status_code == 404
        assert ana.post(reverse(name, args=[uid]), {"name": "X"}).status_code in (303, 422)
    assert ana.post(reverse("me-method", args=[uid]), {"method": "cheque"}).status_code == 404
    assert rosa.post(reverse("me-method", args=[uid]), {"method": "cheque"}).status_code == 303


# --- renewing and stopping


def test_the_giver_is_reminded_and_awaited_as_long_as_they_give_it(client, plan):
    give(client)
    received()
    [due] = due_reminders(day("2027-02-20"))
    assert due.email.address == "rosa@example.org"
    [awaited] = await_renewals(day("2027-03-10"))
    assert awaited.payer.name == "Rosa Quispe"
    membership = Membership.objects.get()
    assert stop_giving(membership, membership.given_by)
    assert not stop_giving(membership, Person.objects.get(name="Rosa Quispe"))
    awaited.refresh_from_db()
    assert awaited.state == "cancelled"
    [due] = due_reminders(day("2027-02-20"))
    assert due.email.address == "ana@example.org"
    [awaited] = await_renewals(day("2027-03-11"))
    assert awaited.payer.name == "Ana Lopez"


def test_the_reminder_names_the_present(client, plan, mailoutbox):
    give(client)
    received()
    send_reminders(day("2027-02-20"))
    reminder = mailoutbox[-1]
    assert reminder.to == ["rosa@example.org"]
    assert "Your present to Ana Lopez" in reminder.subject
    assert "The membership that you give Ana Lopez" in reminder.body
    assert "stop giving it" in reminder.body
    assert "rather leave" not in reminder.body


def test_the_giver_renews_and_stops_on_their_own_page(client, plan, letters):
    give(client)
    received()
    membership, rosa = Membership.objects.get(), signed_in("rosa@example.org", letters)
    form = {"key": str(uuid.uuid4()), "method": "cheque"}
    for _time in range(2):
        rosa.post(reverse("me-renew", args=[membership.uid]), form)
    assert Payment.objects.pending().get().payer.name == "Rosa Quispe"
    received("2026-12-01")
    assert membership.terms.count() == 2
    for _time in range(2):
        rosa.post(reverse("me-stop-giving", args=[membership.uid]))
    assert 'id="presents"' not in own_page(rosa)
    assert rosa.post(reverse("me-renew", args=[membership.uid]), form).status_code == 404
    assert "A present from" not in own_page(signed_in("ana@example.org", letters))
    assert membership.terms.filter(revoked_at=None).count() == 2


def test_who_pays_for_their_own_present_has_it_from_then_on(client, plan, letters):
    give(client)
    received()
    client.post(reverse("join"), said(name="Ana Lopez", email="ana@example.org"))
    assert Payment.objects.pending().get().payer.name == "Ana Lopez"
    received("2027-02-01")
    membership = Membership.objects.get()
    assert (membership.given_by, membership.terms.count()) == (None, 2)


def test_nobody_brings_somebody_back_who_left(client, plan, letters):
    give(client)
    received()
    membership = Membership.objects.get()
    leave(membership, on=day("2026-06-01"))
    rosa = signed_in("rosa@example.org", letters)
    rosa.post(reverse("me-renew", args=[membership.uid]), {"key": str(uuid.uuid4()), "method": "cheque"})
    payment = received("2027-02-01")
    membership = Membership.objects.with_facts().get()
    assert objection_to(payment, membership) == Objection.LEFT_SINCE
    assert membership.terms.count() == 1


def test_an_erasure_of_either_ends_the_present(client, plan):
    give(client)
    received()
    erase_person(Person.objects.get(name="Ana Lopez"), by=None)
    membership = Membership.objects.get()
    assert (membership.given_by, membership.given_to) == (None, "")


# --- staff


def test_staff_write_a_present_down_by_the_givers_reference(client, plan):
    rosa, ana = make_person("Rosa Quispe", "rosa@example.org"), make_person("Ana Lopez", "ana@example.org")
    client.force_login(make_staff("Membership secretaries"))
    form = {
        "key": str(uuid.uuid4()),
        "plan": plan.pk,
        "method": "cheque",
        "on": "2026-03-15",
        "others": "",
        "giver": "XXX-XXXX",
    }
    url = reverse("membership:apply", args=[ana.uid])
    assert "Nobody has this payment reference" in client.post(url, form).content.decode()
    answer = client.post(url, {**form, "giver": f"{rosa.reference[:3]}-{rosa.reference[3:].lower()}"})
    assert "A present from" in client.get(answer.url).content.decode()
    assert (Membership.objects.get().given_by, Payment.objects.get().payer) == (rosa, rosa)
    assert not permission(ana, ana.addresses.get(), Purpose.MEMBERSHIP)
    assert permission(rosa, rosa.addresses.get(), Purpose.MEMBERSHIP)
