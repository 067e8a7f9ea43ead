"""Does each year get the dues that are for it, to the penny?"""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from pututu.giving.services.ledger import ask_refund, finish_refund
from pututu.lib.money import Money
from pututu.lib.periods import Period
from pututu.membership.figures import paid_in_advance
from pututu.membership.services.deferred import deferred_after, totals
from tests.belonging import day, make_membership, make_person, make_plan, pay_for, pounds
from tests.factories import make_site, make_staff

YEAR_END = day("2026-12-31")
days = some.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


@given(days, some.integers(0, 800), some.integers(1, 10**6), days)
def test_what_is_earned_and_what_is_ahead_are_the_price(
    first: dt.date, length: int, minor: int, after: dt.date
):
    period = Period(first, first + dt.timedelta(length))
    ahead = paid_in_advance(period, Money(minor, "GBP"), after=after)
    assert 0 <= ahead.minor <= minor
    assert (ahead.minor == 0) or after < period.last
    if after < first:
        assert ahead.minor == minor
    later = paid_in_advance(period, Money(minor, "GBP"), after=after + dt.timedelta(1))
    assert later <= ahead


def test_half_a_year_ahead_is_half_the_price_and_life_is_not_ahead():
    half = Period(day("2026-07-02"), day("2027-07-01"))
    assert paid_in_advance(half, pounds(365), after=YEAR_END) == pounds(182)
    assert paid_in_advance(Period(day("2026-01-01"), None), pounds(300), after=YEAR_END) == pounds(0)


@pytest.mark.django_db
def test_dues_that_were_received_by_the_day_and_run_on_are_listed():
    plan = make_plan(price=36)
    pay_for(make_membership(plan, make_person("Ana"), on="2026-07-02"), on="2026-07-02")
    pay_for(make_membership(plan, make_person("Luz"), on="2026-01-01"), on="2026-01-01")  # ends with the year
    pay_for(make_membership(plan, make_person("Zoe"), on="2027-01-03"), on="2027-01-03")  # came after it
    gone = pay_for(make_membership(plan, make_person("Eva"), on="2026-07-02"), on="2026-07-02")
    finish_refund(
        ask_refund(gone, pounds(36), key="r", asked_on=day("2026-08-01")), done_on=day("2026-08-01")
    )
    found = list(deferred_after(YEAR_END))
    assert [(str(each.term.membership.holder), each.paid) for each in found] == [("Ana", pounds(36))]
    assert totals(found) == [Money(3600 * 182 // 365, "GBP")]


@pytest.mark.django_db
def test_the_treasurer_sees_and_takes_them_and_nobody_else_does():
    make_site()
    pay_for(make_membership(holder=make_person("=Ana"), on="2026-07-02"), on="2026-07-02")
    treasurer, editor = Client(), Client()
    treasurer.force_login(make_staff("Treasurers", email="t@example.org"))
    editor.force_login(make_staff("Editors", email="e@example.org"))
    address = reverse("membership:in-advance")
    assert "£17.95" in treasurer.get(address, {"day": "2026-12-31"}).content.decode()
    answer = treasurer.get(address, {"day": "2026-12-31", "as": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert rows[1][0] == "'=Ana"
    assert rows[1][5:] == ["36.00", "17.95", "GBP"]
    assert treasurer.get(address, {"day": "nonsense"}).status_code == 200
    assert editor.get(address).status_code in (302, 403)
