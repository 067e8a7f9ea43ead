"""Is what mail needs set up whole?"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from pututu.bulletins.providers import SMTP_BACKENDS
from pututu.bulletins.providers.signing import signer
from pututu.lib.dkim import BITS, KeyUnusable


@register
def check_signing(app_configs: Any = None, **_rest: Any) -> list[CheckMessage]:
    """A key that can't be used stops all mail; one that is short is thought little of."""
    try:
        who = signer()
    except KeyUnusable as problem:
        hint = "Give the right file in PUTUTU_DKIM_KEY, readable by the service, or make one: manage make_dkim_key."
        return [Error(f"No mail can leave: {problem}", hint=hint, id="bulletins.E001")]
    if who is None:
        return []
    if settings.EMAIL_BACKEND not in SMTP_BACKENDS:
        return [
            Warning(
                "PUTUTU_DKIM_KEY signs mail that leaves by SMTP, and here none does.",
                hint="A provider signs by itself: take PUTUTU_DKIM_KEY out.",
                id="bulletins.W001",
            )
        ]
    if who.key.key_size >= BITS:
        return []
    hint = f"Make a new one with manage make_dkim_key; it has {BITS}."
    return [Warning(f"The DKIM key has {who.key.key_size} bits only.", hint=hint, id="bulletins.W002")]
