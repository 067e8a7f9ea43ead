"""The front page of the staff screens says what waits, as many as the lists have, to whoever may see them."""

import pytest
from django.test import Client
from django.urls import reverse

from pututu.giving.models import BankAccount, ProviderEvent, Statement, StatementLine
from pututu.giving.services.ledger import ask_payment, confirm_payment
from tests.belonging import day, make_membership, make_person, make_plan, pay_for, pounds
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _what_waits(time_machine):
    time_machine.move_to("2027-02-20T10:00Z")
    make_site()
    plan = make_plan()
    pay_for(make_membership(plan, make_person("Rosa Quispe")))  # ends on 14 March, no address
    left = make_membership(plan, make_person("Ana Lopez"), on="2027-02-20")
    pay_for(left, amount=5, on="2027-02-20")  # too little: it waits
    loose = ask_payment(None, pounds(9), method="cheque", key="loose", asked_on=day("2027-02-20"))
    confirm_payment(loose, received_on=day("2027-02-20"))
    ProviderEvent.objects.create(provider="stripe", event_id="a", about="b", body="{}")
    account = BankAccount.objects.create(name="Current")
    statement = Statement.objects.create(account=account, filename="a.csv")
    for number, minor in enumerate((500, 700, -300)):
        StatementLine.objects.create(
            account=account,
            statement=statement,
            booked_on=day("2027-02-20"),
            minor=minor,
            text="LINE",
            fingerprint=str(number),
        )


def front_page(role, email="a@example.org"):
    client = Client()
    client.force_login(make_staff(role, email=email))
    return client, client.get("/admin/").content.decode()


def test_a_secretary_reads_of_members_and_follows_each_line():
    client, page = front_page("Membership secretaries")
    for words in (
        "1 joined this month",
        "1 ends within 30 days",
        "1 payment bought no term",
        "1 reminder to be posted",
    ):
        assert words in page
    assert "Money today" not in page
    assert "Rosa" not in page
    assert "1 membership" in client.get(reverse("membership:list") + "?since=2027-02-20").content.decode()
    assert "Rosa" in client.get(reverse("membership:list") + "?days=30").content.decode()


def test_a_treasurer_reads_of_money_and_of_nothing_that_they_may_not_do():
    client, page = front_page("Treasurers")
    for words in ("2 lines of statements wait", "1 payment without a use", "1 message of a provider failed"):
        assert words in page
    assert "1 ends within 30 days" in page
    assert "reminder to be posted" not in page
    assert client.get(reverse("membership:reminders")).status_code in (302, 403)


def test_an_editor_reads_of_neither():
    _client, page = front_page("Editors")
    assert "Members today" not in page
    assert "Money today" not in page
    assert "Waiting for somebody" in page
