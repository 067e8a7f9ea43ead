"""How are words taken out of the ledger whose time is over, while the money in it stays as it is?

Amount, day, method, use and reference stay: the accounts rest on them. What goes names people, or may: what the bank
wrote, notes, reasons, and the messages of providers.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from pututu.giving.models import LedgerRecord, Payment, ProviderEvent, Refund, Share, StatementLine
from pututu.giving.rules.batches import in_batches
from pututu.giving.rules.lines import only_references


@transaction.atomic
def take_words_out(payments: Iterable[int]) -> None:
    """Take out what was written about these payments (by their keys). It can be repeated."""
    for some in in_batches(payments):
        rows = Payment.objects.filter(pk__in=some)
        messages_about(rows).update(body="")
        rows.update(note="", failure="")
        Refund.objects.filter(payment__in=some).update(reason="")
        Share.objects.filter(payment__in=some).blank("reason")
        LedgerRecord.objects.filter(payment__in=some).blank("detail")
        lines = StatementLine.objects.filter(uses__payment__in=some, uses__undone_at=None)
        bare_lines(lines.distinct().values_list("pk", flat=True))


def bare_lines(lines: Iterable[int]) -> None:
    """Leave of what a bank wrote on these lines (by their keys) the payment references alone."""
    for some in in_batches(lines):
        rows = list(StatementLine.objects.filter(pk__in=some))
        for row in rows:
            row.text, row.payer_text = only_references(f"{row.text} {row.payer_text}"), ""
            row.set_aside_because = ""
        StatementLine.objects.bulk_update(rows, ["text", "payer_text", "set_aside_because"])


def messages_about(payments: QuerySet[Payment]) -> QuerySet[ProviderEvent]:
    """The messages of providers about some payments: by the provider's name for them, or by ours, given along."""
    names = payments.exclude(provider="offline").values_list("provider_reference", "uid")
    about = {str(name) for each in names for name in each if name}
    return ProviderEvent.objects.filter(about__in=about)
