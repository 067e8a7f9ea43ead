"""How is a payer's permission to take money again kept, stopped, taken up again and ended?

Ending one is written here at once, and nothing is taken from then on; the provider is told afterwards, as soon as it
can be asked.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from pututu.giving import signals
from pututu.giving.models import Mandate, Payment
from pututu.giving.providers import NobodyTakesIt, provider_named
from pututu.giving.providers.contract import Permission, ProviderDown

RESUMED_WITHIN = dt.timedelta(days=30)
"""For so long a payer who stopped can take it up again; then the permission itself is ended."""

logger = logging.getLogger(__name__)


@transaction.atomic
def keep_mandate(payment: Payment, permission: Permission) -> Mandate | None:
    """Keep the permission that came with a payment, once; None where the payer had not agreed to give one.

    That of somebody who was erased or died meanwhile is ended at once.
    """
    if not payment.keeps_mandate or payment.mandate_id:
        return payment.mandate
    mandate, _is_new = Mandate.objects.get_or_create(
        provider=payment.provider,
        provider_reference=permission.reference,
        defaults={
            "payer": payment.payer,
            "method": payment.method,
            "provider_customer": permission.customer,
        },
    )
    Payment.objects.filter(pk=payment.pk).update(mandate=mandate)
    payment.mandate = mandate
    if payment.payer is None or payment.payer.erased_at or payment.payer.died_on:
        end_mandate(mandate, on=timezone.localdate(), why="The payer is not there any more.")
    else:
        signals.mandate_given.send(Payment, payment=payment, mandate=mandate)
    return mandate


@transaction.atomic
def stop_mandate(mandate: Mandate, *, on: dt.date) -> bool:
    """Take nothing more under a mandate, at its payer's wish, unless they take it up again; False where that is so."""
    stopped = Mandate.objects.filter(pk=mandate.pk, ended_on=None, stopped_on=None).update(stopped_on=on)
    mandate.refresh_from_db()
    return bool(stopped)


@transaction.atomic
def resume_mandate(mandate: Mandate) -> bool:
    """Take a stopped mandate up again; False where it was not stopped, or ended since."""
    resumed = Mandate.objects.filter(pk=mandate.pk, ended_on=None).exclude(stopped_on=None)
    resumed_now = resumed.update(stopped_on=None)
    mandate.refresh_from_db()
    return bool(resumed_now)


@transaction.atomic
def end_mandate(mandate: Mandate, *, on: dt.date, why: str, is_told: bool = False) -> bool:
    """Take nothing under a mandate any more, for good; False where that is so. ``is_told``: the provider knows."""
    ended = Mandate.objects.filter(pk=mandate.pk, ended_on=None).update(
        ended_on=on, ended_why=why[:300], told_at=timezone.now() if is_told else None
    )
    mandate.refresh_from_db()
    return bool(ended)


def end_what_is_over(today: dt.date) -> int:
    """End the mandates of the dead and erased, and those that were stopped a while ago; return how many."""
    gone = Q(payer__died_on__lte=today) | Q(payer__erased_at__isnull=False)
    left = Q(stopped_on__lte=today - RESUMED_WITHIN)
    found = Mandate.objects.filter(gone | left, ended_on=None).select_related("payer")
    return sum(end_mandate(each, on=today, why=_why_over(each)) for each in found)


def _why_over(mandate: Mandate) -> str:
    if mandate.payer and mandate.payer.erased_at:
        return "The payer was erased."
    if mandate.payer and mandate.payer.died_on:
        return "The payer has died."
    return "Stopped by the payer."


def tell_providers() -> int:
    """Have providers forget the mandates that ended; return how many could not be told, and are tried again.

    Asks the network, so never inside a transaction.
    """
    return sum(not _tell(each) for each in Mandate.objects.filter(ended_on__isnull=False, told_at=None))


def _tell(mandate: Mandate) -> bool:
    try:
        provider_named(mandate.provider).end_mandate(mandate)
    except (ProviderDown, NobodyTakesIt) as error:
        logger.warning("Mandate %s could not be ended at its provider: %s", mandate.pk, error)
        return False
    Mandate.objects.filter(pk=mandate.pk).update(told_at=timezone.now())
    return True


def bring_mandate_up_to_date(mandate: Mandate, *, on: dt.date) -> str:
    """Ask the provider whether a mandate still stands and write that down; return why that failed, or ""."""
    try:
        over = provider_named(mandate.provider).mandate_over(mandate)
    except (ProviderDown, NobodyTakesIt) as error:
        return str(error) or "The provider could not be asked."
    if over:
        end_mandate(mandate, on=on, why=over, is_told=True)
    return ""
