"""Is money never lost, and never misread?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pututu.lib.money import CurrencyMismatch, Money, MoneyError, read_money, total

currencies = some.sampled_from(["GBP", "EUR", "USD", "JPY"])
amounts = some.builds(Money, some.integers(-(10**12), 10**12), currencies)


def pounds(minor: int) -> Money:
    return Money(minor, "GBP")


@given(amounts)
def test_what_machines_are_given_reads_back_as_it_was(amount: Money):
    assert read_money(amount.plain(), amount.currency) == amount


@given(amounts)
def test_what_english_readers_are_given_reads_back_as_it_was(amount: Money):
    assert read_money(amount.words("en"), amount.currency) == amount


@given(amounts)
def test_what_spanish_readers_are_given_reads_back_as_it_was(amount: Money):
    assert read_money(amount.words("es"), amount.currency) == amount


@given(amounts, some.lists(some.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_parts_add_up_to_the_whole_and_are_fair_to_a_penny(amount: Money, weights: list[int]):
    parts = amount.split(weights)
    assert total(parts, amount.currency) == amount
    exact = [Decimal(amount.minor) * weight / sum(weights) for weight in weights]
    assert all(abs(part.minor - due) < 1 for part, due in zip(parts, exact, strict=True))


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [1, -1]])
def test_nothing_is_split_by_weights_that_mean_nothing(weights: list[int]):
    with pytest.raises(ValueError, match="Weights"):
        pounds(100).split(weights)
    assert pounds(100).split([1, 1, 1]) == [pounds(34), pounds(33), pounds(33)]


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("36", 3600),
        ("£36", 3600),
        ("36.5", 3650),
        ("36,50", 3650),
        ("£ 1,234.50", 123450),
        ("1.234,50", 123450),
        ("1 234,50", 123450),
        ("1\u00a0234,50\u00a0£", 123450),
        ("1'234.50", 123450),
        ("12,345,678", 1234567800),
        ("GBP 12.00", 1200),
        ("-12.00", -1200),
        ("−12", -1200),
        ("12.00-", -1200),
        ("(12.00)", -1200),
        ("-£12.00", -1200),
        ("£-12.00", -1200),
        ("+12.00", 1200),
        ("0", 0),
        (" 0.07 ", 7),
    ],
)
def test_amounts_as_people_and_banks_write_them(text: str, minor: int):
    assert read_money(text, "GBP") == pounds(minor)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no amount"),
        ("about 36", "no amount"),
        ("36.5.0", "no amount"),
        ("1,23,456", "no amount"),
        ("€36", "no amount"),
        ("=36", "no amount"),
        ("1e3", "no amount"),
        ("--3", "no amount"),
        ("1.234", "two ways"),
        ("1,234,50", "two ways"),
        ("12.345,678", "more decimals"),
        ("36.505", "two ways|more decimals"),
        ("3.1415", "more decimals"),
    ],
)
def test_what_is_no_amount_or_two_is_refused_with_a_reason(text: str, why: str):
    with pytest.raises(MoneyError, match=why):
        read_money(text, "GBP")


def test_a_currency_with_three_decimals_is_read_where_no_thousand_could_be_meant():
    assert read_money("0.5", "KWD") == Money(500, "KWD")
    assert read_money("1234.567", "KWD") == Money(1234567, "KWD")
    with pytest.raises(MoneyError, match="two ways"):
        read_money("1.234", "KWD")


def test_two_currencies_are_never_mixed():
    with pytest.raises(CurrencyMismatch):
        pounds(1) + Money(1, "EUR")
    with pytest.raises(CurrencyMismatch):
        assert pounds(1) < Money(2, "EUR")
    assert pounds(1) != Money(1, "EUR")
    assert total([pounds(1), pounds(2)], "GBP") == pounds(3)
    assert total([], "EUR") == Money(0, "EUR")


def test_readers_see_amounts_as_their_language_writes_them():
    shown = [(a.words("en"), a.words("es")) for a in map(pounds, (3600, 3650, 123450, 1234567, -500, 0))]
    assert shown == [
        ("£36", "36\u00a0£"),
        ("£36.50", "36,50\u00a0£"),
        ("£1,234.50", "1234,50\u00a0£"),
        ("£12,345.67", "12\u00a0345,67\u00a0£"),
        ("−£5", "−5\u00a0£"),
        ("£0", "0\u00a0£"),
    ]
