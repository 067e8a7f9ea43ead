"""What does membership do when money comes or goes, and what does it tell other apps of itself?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils.translation import gettext_lazy

from pututu.giving import signals, subjects
from pututu.giving.models import Mandate, Payment, Refund
from pututu.membership.forms.staff import SearchForm
from pututu.membership.rendering.disclosed import (
    disclose_joinings,
    disclose_links,
    disclose_memberships,
    disclose_new_addresses,
    disclose_passkeys,
    disclose_presents,
)
from pututu.membership.rendering.pages import told_of
from pututu.membership.rules import ALL_MEMBERS
from pututu.membership.services import honour_payment, retained, revoke_term_of
from pututu.membership.services.erasing import Memberships as Held
from pututu.membership.services.finding import keys_found, people_of
from pututu.membership.services.renewing import renew_under
from pututu.membership.subjects import Memberships
from pututu.people import disclosure, erasure, retention, segments, timeline
from pututu.people.models import Person
from pututu.people.segments import Filters, Kind

subjects.register(Memberships())
timeline.register(told_of, permission="membership.view_membership")
for teller in (
    disclose_memberships,
    disclose_new_addresses,
    disclose_presents,
    disclose_joinings,
    disclose_links,
    disclose_passkeys,
):
    disclosure.register(teller)
erasure.register("membership", Held())
for rule in retained.RULES:
    retention.register(rule)
retention.register_tie("membership", retained.TIE)


def people_found(filters: Filters, on: dt.date) -> QuerySet[Person]:
    form = SearchForm(filters)
    return people_of(keys_found(form.cleaned_data, on=on) if form.is_valid() else [], on=on)


segments.register(
    Kind(
        slug="memberships",
        title=gettext_lazy("Memberships"),
        list_name="membership:list",
        permission="membership.view_membership",
        read=lambda said: SearchForm(said).kept(),
        persons=people_found,
    ),
    (gettext_lazy("Current members"), {"status": ALL_MEMBERS}),
)


@receiver(signals.payment_confirmed)
@receiver(signals.shares_changed)
def give_what_was_paid_for(payment: Payment, **_rest: Any) -> None:
    honour_payment(payment)


@receiver(signals.mandate_given)
def renew_by_itself(payment: Payment, mandate: Mandate, **_rest: Any) -> None:
    renew_under(payment, mandate)


@receiver(signals.payment_reversed)
def take_back_what_was_paid_for(payment: Payment, refund: Refund, **_rest: Any) -> None:
    """A term stands while its whole price is there: any part that goes back revokes it."""
    if hasattr(payment, "term"):
        revoke_term_of(payment, reason=refund.reason or str(refund.get_kind_display()))
