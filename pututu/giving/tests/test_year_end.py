"""Do the year's figures add up to what came less what went back, on the right days?"""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from pututu.giving.models import Fund, Method, Purpose, Refund
from pututu.giving.rules import Part, Use
from pututu.giving.rules.yearend import Movement, by_month, safe_cells, totals
from pututu.giving.services.ledger import ask_payment, ask_refund, confirm_payment, finish_refund
from pututu.giving.services.yearend import as_csv, months_from, year_from
from tests.belonging import day, make_person, numbers, pounds
from tests.factories import make_site, make_staff

APRIL = dt.date(2026, 4, 1)


def came(amount: int, on: str, use: Use | None, *, method=Method.CHEQUE):
    payment = ask_payment(
        make_person(),
        pounds(amount),
        method=method,
        key=f"year-{next(numbers)}",
        asked_on=day(on),
        parts=[Part(amount * 100, use)] if use else [],
    )
    return confirm_payment(payment, received_on=day(on))


def back(payment, amount: int, on: str, *, kind=Refund.Kind.REFUND):
    refund = ask_refund(payment, pounds(amount), key=f"year-{next(numbers)}", asked_on=day(on), kind=kind)
    finish_refund(refund, done_on=day(on))


def shown(rows):
    return {(row.what, row.fund, row.is_refund): row.months for row in rows}


@pytest.mark.django_db
class TestYear:
    def test_money_counts_in_its_month_by_what_it_was_for_and_refunds_in_theirs(self):
        gift = came(50, "2026-04-30", Use(Purpose.GIFT))
        came(36, "2026-05-01", Use(Purpose.MEMBERSHIP))
        came(7, "2026-05-02", None)
        came(99, "2026-03-31", Use(Purpose.GIFT))
        back(gift, 20, "2026-07-01")
        rows = shown(year_from(APRIL, currency="GBP"))
        assert rows["Gift", "", False][0] == 5000
        assert rows["Gift", "", True][3] == -2000
        assert rows["Membership", "", False][1] == 3600
        assert rows["Use not said", "", False][1] == 700
        assert sum(map(sum, rows.values())) == 5000 + 3600 + 700 - 2000

    def test_money_that_goes_back_in_a_later_year_stands_in_that_one(self):
        back(came(50, "2025-12-01", Use(Purpose.GIFT)), 50, "2026-07-01")
        assert shown(year_from(APRIL, currency="GBP")) == {("Gift", "", True): [0, 0, 0, -5000, *[0] * 8]}

    def test_what_was_booked_by_mistake_is_no_income_and_no_refund(self):
        back(came(50, "2026-04-02", Use(Purpose.GIFT)), 50, "2026-07-01", kind=Refund.Kind.MISTAKE)
        rows = year_from(APRIL, currency="GBP")
        assert totals(rows) == [0] * 12
        assert not any(row.is_refund for row in rows)

    def test_funds_are_kept_apart(self):
        fund = Fund.objects.create(slug="school", name="=Schools")
        came(5, "2026-04-02", Use(Purpose.GIFT, fund_id=fund.pk))
        came(6, "2026-04-02", Use(Purpose.GIFT))
        rows = year_from(APRIL, currency="GBP")
        assert [row.months[0] for row in rows] == [600, 500]
        table = list(csv.reader(io.StringIO(as_csv(rows, first=APRIL, currency="GBP"))))
        assert table[2][1] == "'=Schools"
        assert table[-1][4] == "11.00"

    def test_a_treasurer_sees_the_year_and_takes_it_as_csv_and_an_editor_does_not(self, client):
        make_site()
        came(50, "2026-04-30", Use(Purpose.GIFT))
        asked = {"year": 2026, "month": 4}
        client.force_login(make_staff("Treasurers", email="t@example.org"))
        assert "£50" in client.get(reverse("giving:year"), asked).content.decode()
        answer = client.get(reverse("giving:year"), {**asked, "as": "csv"})
        assert "50.00" in answer.content.decode("utf-8-sig")
        assert client.get(reverse("giving:year"), {"year": "x", "month": 13}).status_code == 200
        client.force_login(make_staff("Editors", email="e@example.org"))
        assert client.get(reverse("giving:year"), asked).status_code == 302

    def test_many_payments_are_few_questions(self, django_assert_max_num_queries):
        for _each in range(6):
            came(5, "2026-04-02", Use(Purpose.GIFT))
        with django_assert_max_num_queries(5):
            year_from(APRIL, currency="GBP")


@given(
    some.lists(
        some.builds(
            Movement,
            some.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31)),
            some.integers(-(10**6), 10**6),
            some.sampled_from(["a", "b"]),
            some.sampled_from(["x", "y"]),
            is_refund=some.booleans(),
        )
    )
)
def test_nothing_is_lost_between_rows_and_months(movements):
    rows = by_month(movements, first=APRIL)
    inside = [each for each in movements if APRIL <= each.on < dt.date(2027, 4, 1)]
    assert sum(totals(rows)) == sum(row.total for row in rows) == sum(each.minor for each in inside)


def test_a_year_of_months():
    months = months_from(APRIL)
    assert (months[0], months[8], months[-1]) == (APRIL, dt.date(2026, 12, 1), dt.date(2027, 3, 1))


@pytest.mark.parametrize("cell", ["=1+1", "+44 20", "@x", "-2+3", "\tx", "-"])
def test_no_cell_becomes_a_formula(cell):
    assert list(safe_cells([cell])) == [f"'{cell}"]


@pytest.mark.parametrize("cell", ["-12.50", "12", "Gift", "a=b", ""])
def test_amounts_and_plain_words_stay_as_they_are(cell):
    assert list(safe_cells([cell])) == [cell]
