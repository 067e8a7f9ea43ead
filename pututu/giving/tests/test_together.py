"""Lines that can be one thing only are booked together: seen before, once each, and each can be taken back."""

import pytest
from django.test import Client
from django.urls import reverse

from pututu.giving.models import BankAccount, LineUse, Payment, Statement, StatementLine
from tests.belonging import ask_for, day, make_membership, make_person, make_plan
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    make_site()
    return make_plan()


@pytest.fixture
def statement(plan):
    return Statement.objects.create(account=BankAccount.objects.create(name="Current"), filename="a.csv")


def line(statement, text, amount=36):
    return StatementLine.objects.create(
        account=statement.account,
        statement=statement,
        booked_on=day("2026-04-03"),
        minor=amount * 100,
        text=text,
        fingerprint=text,
    )


def awaited(plan, name):
    return ask_for(make_membership(plan, make_person(name)))


def desk(role="Treasurers"):
    client = Client()
    client.force_login(make_staff(role, email=f"{role.split()[0].lower()}@example.org"))
    return client


def offered(client):
    page = client.get(reverse("giving:together"))
    return page.context["key"], [f"{each.line.pk}:{each.sole.key}" for each in page.context["found"]]


def test_only_lines_with_one_person_and_the_amount_are_offered(plan, statement):
    rosa = awaited(plan, "Rosa Quispe")
    sure = line(statement, "R QUISPE SO")
    line(statement, "R QUISPE PART", 20)
    awaited(plan, "Ana Lopez")
    awaited(plan, "Eva Lopez")
    line(statement, "LOPEZ")
    line(statement, "NOBODY")
    _key, found = offered(desk())
    assert found == [f"{sure.pk}:payment:{rosa.pk}"]


def test_what_is_ticked_is_booked_once_and_each_can_be_taken_back(plan, statement):
    payments = [awaited(plan, "Rosa Quispe"), awaited(plan, "Juan Mamani")]
    lines = [line(statement, "R QUISPE"), line(statement, "J MAMANI")]
    client = desk()
    key, found = offered(client)
    assert len(found) == 2
    assert Payment.objects.confirmed().count() == 0
    for _press in range(2):
        answer = client.post(reverse("giving:together"), {"key": key, "book": found[:1]})
    assert [each.state for each in StatementLine.objects.all()] == ["applied", "waiting"]
    answer = client.post(reverse("giving:together"), {"key": key, "book": found}, follow=True)
    assert Payment.objects.confirmed().count() == 2
    page = answer.content.decode()
    assert "Juan Mamani" in page
    use = LineUse.objects.get(line=lines[1])
    client.post(reverse("giving:undo", args=[use.pk]), {"reason": "Not his."})
    lines[1].refresh_from_db()
    assert lines[1].state == "waiting"
    assert payments[1].payer.payments.pending().count() == 1


def test_what_changed_meanwhile_or_is_nonsense_is_left(plan, statement):
    payment = awaited(plan, "Rosa Quispe")
    first = line(statement, "R QUISPE")
    client = desk()
    said = [f"{first.pk}:payment:999999", "x", ":", f"{first.pk}:", "999999:payment:1"]
    client.post(reverse("giving:together"), {"key": "k", "book": said})
    assert not LineUse.objects.exists()
    client.post(reverse("giving:together"), {"key": "k", "book": [f"{first.pk}:payment:{payment.pk}"]})
    assert LineUse.objects.count() == 1


def test_nobody_else_books(plan, statement):
    awaited(plan, "Rosa Quispe")
    line(statement, "R QUISPE")
    secretary = desk("Membership secretaries")
    for name in ("giving:together", "giving:together-done"):
        assert secretary.get(reverse(name)).status_code in (302, 403)
    secretary.post(reverse("giving:together"), {"key": "k", "book": ["1:payment:1"]})
    assert not LineUse.objects.exists()
