"""A membership renews by itself while its holder lets it, in time, once, and never when they left or paid otherwise."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from pututu.giving.models import Collection, DemonstrationMandate, Mandate, Method, Payment
from pututu.giving.services.charging import take_regular_payments
from pututu.giving.services.events import reconcile
from pututu.membership.models import Membership
from pututu.membership.rules import Status
from pututu.membership.services import change_plan, end_membership
from pututu.membership.services.own_page import change_method, leave
from pututu.membership.services.reminders import due_reminders, send_reminders
from pututu.membership.services.renewals import await_renewals
from pututu.people.models import Person
from pututu.people.services.disclosing import everything
from pututu.people.services.erasing import erase_person
from pututu.people.services.merging import merge_people
from pututu.people.services.persons import change_person
from tests.belonging import day, make_person, make_plan, pay_for
from tests.factories import make_site

pytestmark = pytest.mark.django_db
JOINED = "2026-03-16T12:00:00Z"
END = day("2027-03-15")


@pytest.fixture
def plan(settings):
    settings.IS_DEMO = True
    make_site(("en", "es"))
    return make_plan("individual", price=36)


def join(client, *, method="card", choice="pay", renews="1", **said):
    """Join on the page, pay at the provider's, and give the membership."""
    form = {
        "key": str(uuid.uuid4()),
        "plan": "individual",
        "method": method,
        "renews": renews,
        "name": "Rosa Quispe",
        "email": "rosa@example.org",
        "language": "en",
        **said,
    }
    with time_machine.travel(JOINED):
        answer = client.post(reverse("join"), form)
        client.post(answer.url, {"choice": choice})
    return Membership.objects.with_facts().last()


def run(first, *, days=1, hours=1):
    for number in range(days):
        at = day(first) + dt.timedelta(days=number) if isinstance(first, str) else first
        for hour in range(hours):
            with time_machine.travel(dt.datetime.combine(at, dt.time(9 + hour), dt.UTC)):
                take_regular_payments(at)
                reconcile()


def terms():
    return [str(each) for each in Membership.objects.last().terms.filter(revoked_at=None)]


def taken():
    return list(
        Payment.objects.filter(key__startswith="take:").order_by("pk").values_list("state", flat=True)
    )


def test_a_card_renews_by_itself_where_the_box_was_ticked(client, plan):
    membership = join(client)
    assert membership.renews_itself
    mail.outbox.clear()
    run("2027-02-20", days=40)
    assert terms() == ["2026-03-16 – 2027-03-15", "2027-03-16 – 2028-03-15"]
    assert taken() == ["confirmed"]
    [letter] = mail.outbox
    assert letter.to == ["rosa@example.org"]
    assert "Individual" in letter.body
    run("2028-02-20", days=40)
    assert len(terms()) == 3


def test_without_the_box_a_card_is_charged_once_and_the_end_is_reminded_of_as_ever(client, plan):
    membership = join(client, renews="")
    assert not membership.renews_itself
    run("2027-02-20", days=40)
    assert (len(terms()), taken()) == (1, [])
    [due] = due_reminders(END)
    assert not due.renews_itself


def test_a_direct_debit_renews_by_itself_without_a_box(client, plan):
    membership = join(client, method="direct-debit", renews="")
    assert membership.renews_itself
    run("2027-02-15", days=35)
    assert terms()[-1] == "2027-03-16 – 2028-03-15"
    assert taken() == ["confirmed"]


def test_the_page_says_so_of_cards_and_direct_debits(client, plan):
    page = client.get(reverse("join")).content.decode()
    assert 'name="renews"' in page
    assert "It renews by itself" in page


def test_a_plan_for_life_keeps_no_card(client, settings):
    settings.IS_DEMO = True
    make_site()
    make_plan("individual", price=500, months=None)
    assert not join(client).renews_itself
    assert not Mandate.objects.exists()


def test_a_reminder_says_that_it_renews_by_itself_and_after_the_end_none_asks(client, plan):
    join(client)
    mail.outbox.clear()
    assert send_reminders(day("2027-02-13")) == 1
    assert "renews by itself" in mail.outbox[0].body
    assert "We would be glad" not in mail.outbox[0].body
    assert due_reminders(END) == []
    Mandate.objects.update(ended_on=END, ended_why="x")
    [due] = due_reminders(END)  # the control
    assert not due.renews_itself


def test_once_charging_was_given_up_the_member_is_asked_as_others_are(client, plan, letters):
    join(client, choice="decline-next")
    run("2027-02-20", days=24)
    with letters() as sent:
        run("2027-03-16", days=12)
    assert taken() == ["failed"] * 3
    assert ["will not try again" in each.body for each in sent] == [True]
    [due] = due_reminders(day("2027-03-29"))
    assert not due.renews_itself
    run("2027-04-01", days=30)
    assert len(taken()) == 3


def test_a_mandate_cancelled_at_the_bank_charges_nothing_and_the_member_is_asked(client, plan):
    join(client, method="direct-debit", choice="cancel-next")
    run("2027-02-15", days=30)
    assert taken() == []
    assert len(due_reminders(END)) == 1


def test_nothing_is_awaited_offline_of_who_renews_by_itself(client, plan):
    join(client)
    Membership.objects.update(method=Method.CHEQUE)
    assert await_renewals(day("2027-03-01")) == []
    Mandate.objects.update(stopped_on=day("2027-01-01"))
    assert len(await_renewals(day("2027-03-01"))) == 1  # the control


def test_who_renews_by_hand_before_is_not_charged_too(client, plan):
    membership = join(client)
    run("2027-02-20", days=20)
    pay_for(membership, on="2027-03-12")
    run("2027-03-12", days=20)
    assert (taken(), len(terms())) == ([], 2)
    run("2028-02-20", days=40)
    assert taken() == ["confirmed"]


@pytest.mark.parametrize("end", ["leaves", "expelled", "dies", "erased", "stops", "changes method"])
def test_nobody_is_charged_who_left_died_or_stopped_it(client, plan, end):
    membership = join(client)
    run("2027-02-20", days=20)
    with time_machine.travel("2027-03-13T12:00:00Z"):
        finish(end, membership, client)
    run("2027-03-13", days=30)
    assert taken() == []
    assert not Mandate.objects.get().may_be_used
    run("2027-04-15")
    assert DemonstrationMandate.objects.get().behaviour == "is-over"


def finish(end, membership, client):
    on = day("2027-03-13")
    match end:
        case "leaves":
            leave(membership, on=on)
        case "expelled":
            end_membership(membership, status=Status.EXPELLED, on=on, reason="voted")
        case "dies":
            change_person(membership.holder, {"died_on": on}, by=None)
        case "erased":
            erase_person(membership.holder, by=None)
        case "stops":
            sign_in(client, membership.holder)
            client.post(reverse("me-renewing", args=[membership.uid]), {"act": "stop"})
        case "changes method":
            change_method(membership, method=Method.CHEQUE)


def sign_in(client, person):
    session = client.session
    until = dt.datetime(2030, 1, 1, tzinfo=dt.UTC).timestamp()
    session["member"] = {"email": person.addresses.get().pk, "person": person.pk, "until": until}
    session.save()


def test_the_own_page_shows_it_stops_it_and_takes_it_up_again(client, plan):
    membership = join(client)
    sign_in(client, membership.holder)
    page = client.get(reverse("me")).content.decode()
    assert "Renews by itself: we charge your card with £36 about 15 March 2027" in page
    client.post(reverse("me-renewing", args=[membership.uid]), {"act": "stop"})
    page = client.get(reverse("me")).content.decode()
    assert "does not renew by itself any more" in page
    client.post(reverse("me-renewing", args=[membership.uid]), {"act": "resume"})
    assert Membership.objects.get().renews_itself
    run("2027-02-20", days=40)
    assert taken() == ["confirmed"]


def test_nobody_stops_what_is_somebody_else_s(client, plan):
    membership = join(client)
    sign_in(client, make_person("Juan", "juan@example.org"))
    answer = client.post(reverse("me-renewing", args=[membership.uid]), {"act": "stop"})
    assert answer.status_code == 404
    assert Membership.objects.get().renews_itself


def test_another_card_takes_the_place_of_the_one_there_was_once_it_stands(client, plan):
    membership = join(client)
    renew = {"key": str(uuid.uuid4()), "method": "direct-debit"}
    with time_machine.travel("2027-02-10T12:00:00Z"):
        sign_in(client, membership.holder)
        answer = client.post(reverse("me-renew", args=[membership.uid]), renew)
        first = Mandate.objects.get()
        assert first.may_be_used  # nothing stands yet
        client.post(answer.url, {"choice": "pay"})
    first.refresh_from_db()
    membership = Membership.objects.get()
    assert (first.may_be_used, membership.mandate.method, membership.method) == (
        False,
        "direct-debit",
        "direct-debit",
    )


def test_a_new_price_is_told_and_taken_and_an_old_one_never(client, plan):
    membership = join(client)
    run("2027-02-20", days=10)
    change_plan(membership, make_plan("supporter", price=50), by=None)
    run("2027-03-02", days=30)
    assert [each.minor for each in Payment.objects.filter(key__startswith="take:")] == [5000]
    assert Collection.objects.get().told_on == day("2027-03-02")


def test_a_mandate_goes_with_the_record_it_was_merged_into(client, plan):
    membership = join(client)
    kept = make_person("Rosa Q", "rosa.q@example.org")
    merge_people(kept, membership.holder, by=None)
    assert Mandate.objects.get().payer == kept
    assert "mandates" in everything(kept)


def test_a_payment_that_comes_after_its_payer_was_erased_keeps_no_permission(client, plan):
    with time_machine.travel(JOINED):
        form = {
            "key": str(uuid.uuid4()),
            "plan": "individual",
            "method": "card",
            "renews": "1",
            "name": "Rosa",
            "email": "rosa@example.org",
        }
        answer = client.post(reverse("join"), form)
        erase_person(Person.objects.get(), by=None)
        client.post(answer.url, {"choice": "pay"})
        reconcile()
    assert Payment.objects.get().state == "confirmed"
    assert not Mandate.objects.get().may_be_used
    run("2026-03-17")
    assert DemonstrationMandate.objects.get().behaviour == "is-over"


def test_the_command_can_be_repeated_and_says_what_it_did(client, plan, capsys):
    join(client)
    with time_machine.travel("2027-03-01T12:00:00Z"):
        call_command("take_regular_payments")
        call_command("take_regular_payments")
    assert capsys.readouterr().out.splitlines() == [
        "1 payers were told, 0 payments asked for, 0 given up; 0 failed and are tried again.",
        "0 payers were told, 0 payments asked for, 0 given up; 0 failed and are tried again.",
    ]


def test_a_clock_that_jumps_back_and_forward_charges_once(client, plan):
    join(client)
    run("2027-02-20", days=20)
    for at in ("2027-03-16", "2027-03-15", "2027-03-14", "2027-03-17", "2027-03-15", "2027-03-16"):
        run(at, hours=3)
    assert (taken(), len(terms())) == (["confirmed"], 2)
