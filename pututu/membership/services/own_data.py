"""What is kept of a member, as a file to take away?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from pututu.giving.models import Payment
from pututu.membership.models import Membership
from pututu.membership.querysets import MembershipQuerySet
from pututu.people.models import Person


def own_data(person: Person) -> dict[str, Any]:
    """All that is kept of a person, as plain values for JSON: dates and instants as ISO 8601, amounts as text."""
    return {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "person": _columns(
            person, "name", "title", "given_names", "family_name", "address", "town", "postcode", "country"
        )
        | _columns(person, "telephone", "language", "came_by", "notes", "reference", "created_at"),
        "addresses": [_columns(each, "address", "state") for each in person.addresses.all()],
        "tags": [tag.name for tag in person.tags.all()],
        "consents": [
            {"address": each.email.address}
            | _columns(each, "purpose", "act", "basis", "wording", "language", "page", "at")
            for each in person.consents.select_related("email")
        ],
        "memberships": [_membership_data(each) for each in memberships_of(person)],
        "payments": [_payment_data(each) for each in person.payments.all()],
    }


def memberships_of(person: Person) -> MembershipQuerySet:
    """The memberships that a person belongs by now, or holds."""
    held = Membership.objects.filter(holder=person)
    shared = Membership.objects.filter(belongings__person=person, belongings__until=None)
    return (held | shared).distinct().with_facts().prefetch_related("plan__wordings")


def _membership_data(membership: Membership) -> dict[str, Any]:
    return _columns(membership, "uid", "method", "applied_on") | {
        "plan": membership.plan.slug,
        "terms": [_columns(each, "first", "last", "ground", "revoked_at") for each in membership.terms.all()],
        "decisions": [
            _columns(each, "status", "first", "last", "reason") for each in membership.decisions.all()
        ],
    }


def _payment_data(payment: Payment) -> dict[str, Any]:
    amount = {"amount": payment.amount.plain(), "currency": payment.currency}
    return amount | _columns(payment, "uid", "method", "state", "asked_on", "received_on")


def _columns(row: Any, *names: str) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {name: value if isinstance(value, str | None) else _plain(value) for name, value in values.items()}


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)
