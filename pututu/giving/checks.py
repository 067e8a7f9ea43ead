"""Is what takes money set up whole?"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error, register


@register
def check_providers(app_configs: Any, **_rest: Any) -> list[Error]:
    """A provider whose messages cannot be verified must not be offered."""
    found = []
    for number, (name, key, secret, variable) in enumerate(
        (
            ("Stripe", settings.STRIPE_KEY, settings.STRIPE_WEBHOOK_SECRET, "PUTUTU_STRIPE_WEBHOOK_SECRET"),
            (
                "GoCardless",
                settings.GOCARDLESS_TOKEN,
                settings.GOCARDLESS_WEBHOOK_SECRET,
                "PUTUTU_GOCARDLESS_WEBHOOK_SECRET",
            ),
        ),
        start=1,
    ):
        if key and not secret:
            message = f"{name} takes money here, but its messages can't be verified: {variable} is not set."
            hint = (
                f"Take the secret from {name}'s dashboard, where you enter this site's address for messages."
            )
            found.append(Error(message, hint=hint, id=f"giving.E{number:03}"))
    return found
