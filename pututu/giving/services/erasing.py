"""What of somebody's payments must stay when they are erased?

Accounts and their vouchers are kept for six years after the year that they belong to (Charities Act 2011, section 131;
Companies Act 2006, section 388; HMRC asks the same of Gift Aid). A payment keeps its row, whose payer has no name.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pututu.giving.models import (
    Claim,
    Declaration,
    KnownPayer,
    Mandate,
    Payment,
    Pledge,
    RegularGift,
    StatementLine,
)
from pututu.giving.services.claim_names import empty_declarations
from pututu.giving.services.words import bare_lines, take_words_out
from pututu.lib.references import find_references, show_reference
from pututu.people.erasure import Keeping
from pututu.people.models import Person

YEARS = 6


class Ledger:
    """The payments: amounts and days stay, the words about them go, and nothing is taken any more."""

    def keeps(self, person: Person) -> list[Keeping]:
        return [*self._payments(person), *self._declarations(person)]

    def _payments(self, person: Person) -> list[Keeping]:
        payments = Payment.objects.filter(payer=person)
        last = payments.order_by("-asked_on").values_list("asked_on", flat=True).first()
        if last is None:
            return []
        count = payments.count()
        what = ngettext(
            "%(count)s payment: amount, day and what it was for",
            "%(count)s payments: amounts, days and what they were for",
            count,
        ) % {"count": count}
        until = dt.date(last.year + YEARS, 12, 31)
        return [Keeping(what, _("Accounts are kept for six years after their year."), until)]

    def _declarations(self, person: Person) -> list[Keeping]:
        """HMRC may ask for the declaration behind a claim for six years after the claim."""
        named = Claim.objects.filter(lines__declaration__person=person, names_out_on=None)
        last = named.order_by("-made_at").first()
        if last is None:
            return []
        until = dt.date(last.made_at.year + YEARS, 12, 31)
        what = _("Gift Aid declarations with name and address, on which claims rest")
        return [Keeping(what, _("HMRC may ask for them for six years after the claim."), until)]

    def erase(self, person: Person) -> None:
        take_words_out(Payment.objects.filter(payer=person).values_list("pk", flat=True))
        bare_lines(_lines_naming(person))
        standing = Mandate.objects.filter(payer=person, ended_on=None)
        standing.update(ended_on=timezone.localdate(), ended_why="The payer was erased.")
        gifts = RegularGift.objects.filter(person=person, ended_on=None)
        gifts.update(ended_on=timezone.localdate(), ended_why="The giver was erased.")
        KnownPayer.objects.filter(person=person).delete()
        Pledge.objects.filter(person=person).delete()
        Declaration.objects.filter(person=person, claim_lines=None).delete()
        empty_declarations(Person.objects.filter(pk=person.pk))


def _lines_naming(person: Person) -> list[int]:
    """The lines that carry the payment reference of somebody, booked or waiting; banks put spaces into it."""
    first, last = show_reference(person.reference).split("-")
    alike = StatementLine.objects.filter(text__icontains=first) | StatementLine.objects.filter(
        payer_text__icontains=first
    )
    near = alike.filter(Q(text__icontains=last) | Q(payer_text__icontains=last))
    rows = near.values_list("pk", "text", "payer_text")
    return [pk for pk, text, payer in rows if person.reference in find_references(f"{text} {payer}")]
