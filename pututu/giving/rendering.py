"""What is somebody told who pays without a provider, and what does the statement desk say?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from pututu.giving.models import GiftAidSettings, GivingSettings, Method, Payment, Purpose
from pututu.giving.rules.gift_aid import NotClaimable
from pututu.giving.rules.lines import Refused, StatementError, Wrong
from pututu.giving.rules.matching import Why
from pututu.lib.dates import HonestDate
from pututu.lib.money import Money
from pututu.shell.models import SiteSettings


def how_to_pay(payment: Payment, language: str) -> SafeString:
    """Return HTML that says how a pending payment is paid by its method: amount, reference and where it goes.

    The same as ``{% include "giving/how_to_pay.html" with payment=payment settings=settings only %}`` in that language.
    """
    with translation.override(language):
        return render_to_string(
            "giving/how_to_pay.html", {"payment": payment, "settings": GivingSettings.load()}
        )


# --- the gift page


@dataclass(frozen=True)
class Choice:
    """One of several that a form offers."""

    value: str
    title: str
    hint: str = ""
    price: str = ""
    is_chosen: bool = False


GIFT_HINTS: dict[str, Promise] = {
    Method.CARD: _(
        "Now; if you give regularly, each time again: we write to you ten days before. We do not see or keep the "
        "number."
    ),
    Method.DIRECT_DEBIT: _(
        "If you give regularly, each time again: we write to you ten days before, and your bank guarantees it."
    ),
    Method.STANDING_ORDER: _("For regular gifts. You tell your bank; we give you the reference."),
    Method.BANK_TRANSFER: _("Once, from your bank. We give you the reference."),
    Method.CHEQUE: _("Once, by post. We tell you to whom and where."),
}


def method_choices(methods: Iterable[str], *, chosen: str = "") -> list[Choice]:
    """The ways to give, with what each of them means."""
    return [
        Choice(each, str(Method(each).label), str(GIFT_HINTS.get(each, "")), is_chosen=each == chosen)
        for each in methods
    ]


def gift_aid_statement() -> str:
    """What whoever declares Gift Aid agrees to, in the language in force: HMRC's model for gifts of all times.

    Source: HMRC, "Gift Aid declaration for multiple donations", with the charity's name as HMRC knows it.
    """
    charity = GiftAidSettings.load().charity_name or SiteSettings.load().name
    return gettext(
        "I want to Gift Aid any donations I make in the future or have made in the past 4 years to %(charity)s."
        " I am a UK taxpayer and understand that if I pay less Income Tax and/or Capital Gains Tax in the current"
        " tax year than the amount of Gift Aid claimed on all my donations it is my responsibility to pay any"
        " difference."
    ) % {"charity": charity}


# --- why no tax can be claimed

NOT_CLAIMABLE_WORDS = {
    NotClaimable.NOBODY: _("Nobody knows who gave it"),
    NotClaimable.NOT_A_PERSON: _("It came from an organisation"),
    NotClaimable.NOT_A_GIFT: _("It was no gift"),
    NotClaimable.FOR_ANOTHER: _("It paid for somebody else’s membership"),
    NotClaimable.NOT_IN_POUNDS: _("It came in another currency"),
    NotClaimable.WENT_BACK: _("It went back"),
    NotClaimable.CLAIMED: _("It is on a claim already"),
    NotClaimable.TOO_OLD: _("More than four years have passed since its accounting year"),
    NotClaimable.NO_DECLARATION: _("No declaration covers its day"),
    NotClaimable.NO_NAME: _("The declaration lacks a given or family name"),
    NotClaimable.NO_ADDRESS: _("The declaration lacks a home address or postcode"),
}


def not_claimable_words(reason: str) -> str:
    """Why no tax can be claimed on a gift, in words."""
    return str(NOT_CLAIMABLE_WORDS.get(NotClaimable(reason), reason))


# --- what the statement desk says

WHY_WORDS = {
    Why.OUT: _("Money that went out"),
    Why.NOBODY: _("Nobody is named whom we know"),
    Why.TWO_PEOPLE: _("It carries the references of several people"),
    Why.SHARED_WORDS: _("Several people pay under these words"),
    Why.ANOTHER_AMOUNT: _("Another amount is awaited from them"),
    Why.PAID_ALREADY: _("They have paid this amount already"),
    Why.NOTHING_AWAITED: _("Nothing is awaited from them"),
    Why.SEVERAL_AWAITED: _("Several payments of this amount are awaited from them"),
    Why.TWO_LINES: _("Several lines look like the same payment"),
}
WRONG_WORDS = {
    Wrong.NO_DATE: _("It has no day. If it is a line of money, add the day in the file; else leave it."),
    Wrong.BAD_DATE: _("Its day cannot be: write it like 03/04/2026 in the file."),
    Wrong.NO_AMOUNT: _("It has no amount. If it is a line of money, add it in the file; else leave it."),
    Wrong.BAD_AMOUNT: _("Its amount cannot be read: write it like 36.00 in the file."),
    Wrong.TWO_AMOUNTS: _("Money came in and went out on the same line: make two lines of it in the file."),
    Wrong.SHORT: _("It has fewer cells than the others: look whether it was cut in two."),
    Wrong.CURRENCY: _("It is in another currency than the account."),
}
REFUSED_WORDS = {
    Refused.EMPTY: _("The file is empty. Download it once more."),
    Refused.TOO_BIG: _("The file is bigger than 10 MB: download a shorter span of time."),
    Refused.TOO_MANY: _("The file has more than 50,000 lines: download a shorter span of time."),
    Refused.PDF: _("This is a PDF, made for reading. Choose CSV, OFX or CAMT.053 on your bank's website."),
    Refused.SPREADSHEET: _(
        "This is a spreadsheet. Open it and save it as CSV, or choose CSV on your bank's website."
    ),
    Refused.NO_TABLE: _(
        "No table with days and amounts was found. Choose CSV, OFX or CAMT.053 on your bank's website."
    ),
    Refused.BROKEN: _("The file is broken, perhaps only half of it was downloaded. Download it once more."),
    Refused.UNSAFE: _("The file holds definitions of its own, which no bank sends. Ask who made it."),
    Refused.NO_LINES: _("The file holds no line of money."),
    Refused.COLUMNS: _("The file does not fit this account: other columns, or another currency."),
}


def why_words(why: str) -> str:
    return str(WHY_WORDS[Why(why)])


def wrong_words(wrong: str) -> str:
    return str(WRONG_WORDS[Wrong(wrong)])


def refused_words(error: StatementError) -> str:
    words = str(REFUSED_WORDS[error.why])
    return f"{words} ({error.where})" if error.where else words


ACT_WORDS = {
    "asked": _("asked for"),
    "confirmed": _("received"),
    "failed": _("failed"),
    "cancelled": _("given up"),
    "shared": _("what it is for was said"),
    "moved": _("what it is for was changed"),
    "refund asked": _("is to go back"),
    "refunded": _("went back"),
    "refund failed": _("did not go back"),
    "booking undone": _("the booking of a line was taken back"),
}


def act_words(act: str) -> str:
    return str(ACT_WORDS.get(act, act))


def purpose_words(purpose: str) -> str:
    return str(Purpose(purpose).label)


def day_words(day: dt.date | None, language: str) -> str:
    """A day as the house writes it: "3 April 2026", "3 de abril de 2026"; nothing for none."""
    return HonestDate.parse(day.isoformat()).words(language) if day else ""


def money_words(amount: Money | None) -> str:
    """An amount as the language in force writes it; nothing for no amount."""
    return amount.words(get_language() or settings.LANGUAGE_CODE) if amount is not None else ""
