"""What of somebody's payments must stay when they are erased?

Accounts and their vouchers are kept for six years after the year that they belong to (Charities Act 2011, section 131;
Companies Act 2006, section 388; HMRC asks the same of Gift Aid). A payment keeps its row, whose payer has no name.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from pututu.giving.models import KnownPayer, Payment
from pututu.people import erasure
from pututu.people.erasure import Keeping
from pututu.people.models import Person

YEARS = 6


class Ledger:
    """The payments: amounts and days stay, the words about them go."""

    def keeps(self, person: Person) -> list[Keeping]:
        payments = Payment.objects.filter(payer=person)
        last = payments.order_by("-asked_on").values_list("asked_on", flat=True).first()
        if last is None:
            return []
        what = _("%(count)s payments: amounts, days and what they were for") % {"count": payments.count()}
        until = dt.date(last.year + YEARS, 12, 31)
        return [Keeping(what, _("Accounts are kept for six years after their year."), until)]

    def erase(self, person: Person) -> None:
        Payment.objects.filter(payer=person).update(note="")
        KnownPayer.objects.filter(person=person).delete()


erasure.register("giving", Ledger())
