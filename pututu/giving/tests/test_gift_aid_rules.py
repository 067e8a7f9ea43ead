"""Is tax claimed on exactly those gifts on which it may be, as HMRC wants it written?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pututu.giving.rules.gift_aid import (
    LONGEST,
    Declaration,
    Donor,
    Gift,
    NotClaimable,
    first_day_to_claim,
    house_of,
    in_schedules,
    judge,
    last_day_to_claim,
    schedule_row,
    schedule_title,
    tax_on,
    uk_postcode,
    what_is_lacking,
)
from pututu.lib.money import Money

APRIL, JANUARY = (4, 6), (1, 1)
ROSA = Donor("Rosa", "Quispe-Mamani", "12 Hill Road\nWalkley", "s6 2bd", "GB", "Mrs")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def pounds(amount: float) -> Money:
    return Money(round(amount * 100), "GBP")


def declared(made: str, first: str = "", last: str = "", *, key: int = 1, donor: Donor = ROSA) -> Declaration:
    return Declaration(key, day(made), day(first or made), donor, day(last) if last else None)


def gift(on: str, amount: float = 36, **rest: bool) -> Gift:
    return Gift(pounds(amount), day(on), **rest)


def verdict(one: Gift, *declarations: Declaration, today: str = "2026-11-25") -> object:
    found = judge(one, declarations, today=day(today), year_begins=APRIL)
    return found.reason or found.declaration.key


def test_a_gift_is_claimable_by_a_declaration_that_covers_its_day():
    statement = declared("2026-01-10", last="2026-06-30")
    on = {
        text: verdict(gift(text), statement)
        for text in ("2026-01-09", "2026-01-10", "2026-06-30", "2026-07-01")
    }
    assert list(on.values()) == [NotClaimable.NO_DECLARATION, 1, 1, NotClaimable.NO_DECLARATION]


def test_a_declaration_reaches_back_four_years_and_no_further():
    generous = declared("2026-01-10", first="2000-01-01")
    assert verdict(gift("2022-01-10"), generous, today="2026-01-11") == 1
    assert verdict(gift("2022-01-09"), generous, today="2026-01-11") == NotClaimable.NO_DECLARATION


def test_of_two_declarations_the_newer_one_counts():
    moved = replace(ROSA, address="4 Vale Road", postcode="M1 1AE")
    old, new = declared("2025-01-01", key=1), declared("2026-01-01", first="2025-01-01", key=2, donor=moved)
    for order in ((old, new), (new, old)):
        assert verdict(gift("2025-06-01"), *order) == 2


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"is_from_somebody": False}, NotClaimable.NOBODY),
        ({"is_from_a_person": False}, NotClaimable.NOT_A_PERSON),
        ({"is_of_a_kind": False}, NotClaimable.NOT_A_GIFT),
        ({"is_for_another": True}, NotClaimable.FOR_ANOTHER),
        ({"is_claimed": True}, NotClaimable.CLAIMED),
        ({"amount": 0}, NotClaimable.WENT_BACK),
    ],
)
def test_what_is_no_gift_of_a_person_s_own_money_is_refused(wrong: dict[str, bool], reason: NotClaimable):
    statement = declared("2026-01-10")
    assert verdict(gift("2026-03-01"), statement) == 1
    assert verdict(gift("2026-03-01", **wrong), statement) == reason


def test_gifts_in_another_currency_wait_for_a_person():
    euros = Gift(Money(3600, "EUR"), day("2026-03-01"))
    assert verdict(euros, declared("2026-01-10")) == NotClaimable.NOT_IN_POUNDS


@pytest.mark.parametrize(
    ("received", "begins", "last"),
    [
        ("2015-10-15", JANUARY, "2019-12-31"),
        ("2012-07-07", JANUARY, "2016-12-31"),
        ("2012-07-07", APRIL, "2017-04-05"),
        ("2013-04-05", APRIL, "2017-04-05"),
        ("2013-04-06", APRIL, "2018-04-05"),
        ("2024-01-01", (3, 1), "2028-02-29"),
        ("2096-01-01", (3, 1), "2100-02-28"),
    ],
)
def test_the_last_day_to_claim(received: str, begins: tuple[int, int], last: str):
    assert last_day_to_claim(day(received), year_begins=begins) == day(last)


@given(
    some.dates(dt.date(2000, 1, 1), dt.date(2095, 12, 31)),
    some.integers(0, 6 * 366),
    some.tuples(some.integers(1, 12), some.integers(1, 28)),
)
def test_the_first_day_to_claim_is_the_first_that_is_not_too_old(
    today: dt.date, back: int, begins: tuple[int, int]
):
    received = today - dt.timedelta(back)
    is_in_time = today <= last_day_to_claim(received, year_begins=begins)
    assert is_in_time == (received >= first_day_to_claim(today, year_begins=begins))


def test_a_gift_is_too_old_the_day_after_the_last_one():
    statement = declared("2013-01-01")
    assert verdict(gift("2013-04-05"), statement, today="2017-04-05") == 1
    assert verdict(gift("2013-04-05"), statement, today="2017-04-06") == NotClaimable.TOO_OLD


def test_what_hmrc_would_miss_is_named_before_the_claim():
    assert what_is_lacking(ROSA) is None
    for without in ("given_names", "family_name"):
        assert what_is_lacking(replace(ROSA, **{without: " "})) == NotClaimable.NO_NAME
    for without in ("address", "postcode"):
        assert what_is_lacking(replace(ROSA, **{without: ""})) == NotClaimable.NO_ADDRESS
    assert what_is_lacking(replace(ROSA, postcode="", country="PE")) is None


def test_the_tax_is_a_quarter_and_never_rounded_up():
    assert tax_on([pounds(100)]) == pounds(25)
    assert tax_on([pounds(0.03)]) == Money(0, "GBP")
    assert tax_on([pounds(0.01)] * 7) == Money(1, "GBP")
    assert tax_on([]) == Money(0, "GBP")


def test_a_row_is_written_as_the_schedule_wants_it():
    row = schedule_row(ROSA, pounds(200), received_on=day("2026-03-09"))
    assert (row.title, row.first_name, row.last_name) == ("Mrs", "Rosa", "Quispe Mamani")
    assert (row.house, row.postcode, row.date, row.amount) == ("12", "S6 2BD", "09/03/26", "200.00")
    abroad = schedule_row(
        replace(ROSA, country="PE", postcode="15001"), pounds(5), received_on=day("2026-03-09")
    )
    assert abroad.postcode == "X"


@pytest.mark.parametrize(
    ("address", "house"),
    [
        ("12 Hill Road", "12"),
        ("12A Hill Road", "12A"),
        ("Flat 3, 21 King Street", "Flat 3, 21"),
        ("The Old Mill\nValley Lane", "The Old Mill"),
        ("  7\n", "7"),
        ("=1+1 Lane", "1+1"),
        ("", ""),
    ],
)
def test_the_house_is_its_number_or_its_name(address: str, house: str):
    assert house_of(address) == house


@pytest.mark.parametrize("text", ["s192bd", "S19  2BD", " s19 2bd ", "S19 2BD"])
def test_postcodes_get_their_space(text: str):
    assert uk_postcode(text) == "S19 2BD"


@pytest.mark.parametrize("text", ["", "S19", "19 2BD", "S19 2CC", "15001", "S19 2BD 1"])
def test_what_is_no_postcode_is_none(text: str):
    assert uk_postcode(text) == ""
    assert uk_postcode("GIR 0AA") == "GIR 0AA"


def test_titles_longer_than_the_box_are_left_out():
    assert [schedule_title(text) for text in ("Mr.", "Prof", "Professor", "", "Rev.")] == [
        "Mr",
        "Prof",
        "",
        "",
        "Rev",
    ]


names = some.text(min_size=1, max_size=80)


@given(names, names, names, some.text(max_size=120), some.integers(1, 10**7))
def test_no_row_breaks_a_limit_or_begins_a_formula(
    title: str, given_names: str, family: str, address: str, minor: int
):
    donor = Donor(given_names, family, address, "S19 2BD", "GB", title)
    row = schedule_row(donor, Money(minor, "GBP"), received_on=day("2026-03-09"))
    assert all(len(getattr(row, field)) <= length for field, length in LONGEST.items())
    cells = [row.title, row.first_name, row.last_name, row.house, row.postcode, row.date, row.amount]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) or "\n" in cell for cell in cells)
    assert "-" not in row.last_name


def test_a_thousand_rows_make_one_schedule_and_one_more_makes_two():
    row = schedule_row(ROSA, pounds(1), received_on=day("2026-03-09"))
    assert [len(part) for part in in_schedules([row] * 1001)] == [1000, 1]
    assert in_schedules([]) == []
