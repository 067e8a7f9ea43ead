"""How much is it, and in which currency?

Amounts are whole numbers of the currency's smallest unit (pence, cents): nothing is ever rounded unasked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import total_ordering

from pututu.lib.telling import Told, gettext_noop

NO_AMOUNT = gettext_noop("“%(text)s” is no amount of money; write it like 36 or 36.50.")
TWO_WAYS = gettext_noop("“%(text)s” can be read in two ways; write it like 1234.50.")
DECIMALS_TOO_MANY = gettext_noop("“%(text)s” has more decimals than %(currency)s has.")
# ISO 4217: how many decimals a currency has, where they are not two.
DECIMALS = {"CLP": 0, "JPY": 0, "KRW": 0, "PYG": 0, "VND": 0, "XAF": 0, "XOF": 0, "TND": 3, "KWD": 3}
SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "US$", "CAD": "CA$", "AUD": "A$", "JPY": "¥", "PEN": "S/"}
MINUS = "−"
NO_BREAK_SPACE = "\u00a0"


class MoneyError(Told):
    """A text is no amount, or could be read as two: ``code`` is "no-amount", "two-ways" or "decimals"."""


class CurrencyMismatch(ValueError):
    """Amounts in two currencies cannot be added or compared."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount: ``minor`` in the currency's smallest unit, ``currency`` as its ISO 4217 code."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} cannot be reckoned together.")
        return other.minor

    @property
    def decimal(self) -> Decimal:
        """The amount in whole units, exactly."""
        return Decimal(self.minor).scaleb(-decimals(self.currency))

    def plain(self) -> str:
        """The amount for machines and spreadsheets: "1234.50", with a hyphen when negative, without a currency."""
        return f"{self.decimal:.{decimals(self.currency)}f}"

    def words(self, language: str = "en") -> str:
        """The amount for readers: "£36", "£1,234.50"; in Spanish "36 £", "1234,50 £". Whole amounts need no pence."""
        places = decimals(self.currency) if self.minor % 10 ** decimals(self.currency) else 0
        digits = f"{abs(self.decimal):,.{places}f}"
        sign = MINUS if self.minor < 0 else ""
        if language.startswith("es"):
            return f"{sign}{in_spanish(digits)}{NO_BREAK_SPACE}{symbol(self.currency)}"
        return f"{sign}{symbol(self.currency)}{digits}"

    def split(self, weights: Iterable[int]) -> list[Money]:
        """Share the amount out by ``weights`` (whole, not negative, not all 0) so that the parts add up to it exactly.

        What does not divide goes, one unit each, to the parts that lost most. Raises ValueError for such weights.
        """
        wanted = list(weights)
        if not wanted or min(wanted) < 0 or not sum(wanted):
            raise ValueError("Weights must be whole, not negative, and not all 0.")
        parts = [self.minor * weight // sum(wanted) for weight in wanted]
        lost = [self.minor * weight % sum(wanted) for weight in wanted]
        for at in sorted(range(len(parts)), key=lambda at: -lost[at])[: self.minor - sum(parts)]:
            parts[at] += 1
        return [Money(part, self.currency) for part in parts]


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Add ``amounts`` up, all of which must be in ``currency``; none at all are 0. Raises CurrencyMismatch."""
    found = Money(0, currency)
    for amount in amounts:
        found += amount
    return found


def decimals(currency: str) -> int:
    return DECIMALS.get(currency, 2)


def symbol(currency: str) -> str:
    return SYMBOLS.get(currency, currency)


def in_spanish(digits: str) -> str:
    """Write "12,345.50" as "12 345,50" and "1,234" as "1234": Ortografía de la lengua española (2010), VIII 2.1.1.1."""
    whole, _point, rest = digits.partition(".")
    apart = whole.replace(",", NO_BREAK_SPACE) if len(whole) > len("9,999") else whole.replace(",", "")
    return f"{apart},{rest}" if rest else apart


# --- what people and banks write

SHAPE = re.compile(
    r"(?P<whole>\d{1,3}(?:(?P<apart>[,.' ])\d{3})(?:(?P=apart)\d{3})*|\d+)(?:(?P<mark>[.,])(?P<rest>\d+))?"
)


def read_money(text: str, currency: str) -> Money:
    """Read an amount as people and banks write it: "36", "£1,234.50", "1.234,50 €", "-12.00", "(12.00)".

    Raises MoneyError for what is no amount, has more decimals than the currency, names another currency's sign, or
    could be two amounts ("1.234").
    """
    bare, is_negative = _without_sign(_without_symbol(text, currency))
    found = SHAPE.fullmatch(bare)
    if not found:
        raise MoneyError(NO_AMOUNT, code="no-amount", text=text.strip())
    apart, mark, rest = found["apart"], found["mark"], found["rest"] or ""
    if apart in (".", ",") and (apart == mark or (apart == "." and not mark)):
        raise MoneyError(TWO_WAYS, code="two-ways", text=text.strip())
    if len(rest) > decimals(currency):
        raise MoneyError(DECIMALS_TOO_MANY, code="decimals", text=text.strip(), currency=currency)
    whole = re.sub(r"\D", "", found["whole"])
    minor = int(whole + rest.ljust(decimals(currency), "0"))
    return Money(-minor if is_negative else minor, currency)


def _without_symbol(text: str, currency: str) -> str:
    bare = text.replace(NO_BREAK_SPACE, " ").replace("\u202f", " ").strip()
    for sign in (symbol(currency), currency, "$" if symbol(currency).endswith("$") else ""):
        bare = bare.replace(sign, "", 1) if sign else bare
    return bare.strip()


def _without_sign(bare: str) -> tuple[str, bool]:
    """Take a minus sign, or an accountant's brackets, away; say whether there was one."""
    if bare.startswith("(") and bare.endswith(")"):
        return bare[1:-1].strip(), True
    if bare[:1] in ("-", MINUS, "–"):
        return bare[1:].strip(), True
    return (bare[:-1].strip(), True) if bare.endswith("-") else (bare.removeprefix("+").strip(), False)
