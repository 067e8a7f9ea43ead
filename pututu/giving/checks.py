"""Is what takes money set up whole?"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error, register


@register
def check_providers(app_configs: Any, **_rest: Any) -> list[Error]:
    """A provider whose messages cannot be verified must not be offered."""
    found = []
    if settings.STRIPE_KEY and not settings.STRIPE_WEBHOOK_SECRET:
        found.append(_unverified("Stripe", "PUTUTU_STRIPE_WEBHOOK_SECRET", id="giving.E001"))
    if settings.GOCARDLESS_TOKEN and not settings.GOCARDLESS_WEBHOOK_SECRET:
        found.append(_unverified("GoCardless", "PUTUTU_GOCARDLESS_WEBHOOK_SECRET", id="giving.E002"))
    return found


def _unverified(name: str, variable: str, *, id: str) -> Error:
    return Error(
        f"{name} takes money here, but its messages can't be verified: {variable} is not set.",
        hint=f"Take the secret from {name}'s dashboard, where you enter this site's address for messages.",
        id=id,
    )
