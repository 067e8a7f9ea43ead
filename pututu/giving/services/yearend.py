"""What do the accounts of a year need to know of the money that came?"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from pututu.giving.models import Method, Payment, Purpose, Refund, Share
from pututu.giving.rules.yearend import Movement, Row, by_month, safe_cells, totals
from pututu.giving.subjects import describe
from pututu.lib.money import Money


def year_from(first: dt.date, *, currency: str) -> list[Row]:
    """What came in the twelve months from that of ``first``, and what went back in them, by use, method and fund."""
    until = first.replace(year=first.year + 1)
    touched = Q(received_on__gte=first, received_on__lt=until)
    went = Q(refunds__done_on__gte=first, refunds__done_on__lt=until)
    payments = list(
        Payment.objects.confirmed()
        .filter(touched | went, currency=currency)
        .distinct()
        .prefetch_related("shares__fund", "refunds")
    )
    kinds = _kinds(share.about for payment in payments for share in payment.shares.all())
    movements = (each for payment in payments for each in _PaymentInWords(payment, kinds).movements())
    return by_month(movements, first=first)


def _kinds(about: Iterable[UUID | None]) -> dict[UUID, str]:
    return {uid: subject.kind for uid, subject in describe(about).items() if subject.kind}


@dataclass(frozen=True, slots=True)
class _PaymentInWords:
    """A payment as the movements of the year's table: what came by use, and each refund by use on its own day."""

    payment: Payment
    kinds: Mapping[UUID, str]

    def movements(self) -> Iterator[Movement]:
        shares = list(self.payment.shares.all())
        came = [share for share in shares if share.refund_id is None]
        assert self.payment.received_on, "the database itself holds that a confirmed payment has its day"
        yield from self._of(came, self.payment.minor, self.payment.received_on)
        for refund in self.payment.refunds.all():
            if refund.state == Refund.State.DONE and refund.done_on:
                parts = [share for share in shares if share.refund_id == refund.pk]
                # What was written down by mistake never came: it is taken off on the day it was said to have come.
                is_mistake = refund.kind == Refund.Kind.MISTAKE
                day = self.payment.received_on if is_mistake else refund.done_on
                yield from self._of(parts, -refund.minor, day, is_refund=not is_mistake)

    def _of(
        self, shares: list[Share], whole: int, day: dt.date, *, is_refund: bool = False
    ) -> Iterator[Movement]:
        """The shares as movements, and what of the ``whole`` none of them says the use of."""
        method = str(Method(self.payment.method).label)
        for share in shares:
            fund = share.fund.name if share.fund else ""
            yield Movement(day, share.minor, self._what(share), method, fund, is_refund)
        rest = whole - sum(share.minor for share in shares)
        if rest:
            yield Movement(day, rest, _("Use not said"), method, "", is_refund)

    def _what(self, share: Share) -> str:
        purpose = str(Purpose(share.purpose).label)
        kind = self.kinds.get(share.about) if share.about else None
        return f"{purpose}: {kind}" if kind else purpose


def months_from(first: dt.date) -> list[dt.date]:
    """The first days of the twelve months from that of ``first``."""
    months = (first.month - 1 + number for number in range(12))
    return [dt.date(first.year + month // 12, month % 12 + 1, 1) for month in months]


def as_csv(rows: list[Row], *, first: dt.date, currency: str) -> str:
    """The table as CSV for a spreadsheet: amounts plain, and no cell that would be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    months = [f"{month:%Y-%m}" for month in months_from(first)]
    writer.writerow([_("For"), _("Fund"), _("Method"), _("Went back"), *months, _("Total"), _("Currency")])

    def plain(minors: Iterable[int]) -> list[str]:
        return [Money(minor, currency).plain() for minor in minors]

    for row in rows:
        mark = _("yes") if row.is_refund else ""
        cells = [row.what, row.fund, row.method, mark, *plain([*row.months, row.total]), currency]
        writer.writerow(safe_cells(cells))
    sums = totals(rows)
    writer.writerow([_("Total"), "", "", "", *plain([*sums, sum(sums)]), currency])
    return out.getvalue()
