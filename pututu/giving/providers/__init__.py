"""By whom does money come, and who takes which way to pay?"""

from __future__ import annotations

from django.conf import settings

from pututu.giving.providers.contract import Provider
from pututu.giving.providers.demonstration import DEMONSTRATION
from pututu.giving.providers.gocardless import gocardless_set_up
from pututu.giving.providers.offline import OFFLINE
from pututu.giving.providers.stripe import stripe_set_up


class NobodyTakesIt(LookupError):
    """No provider that this installation has set up takes this way to pay."""


def providers() -> tuple[Provider, ...]:
    """The providers of this installation; where two take one way to pay, the first does."""
    pretended = (DEMONSTRATION,) if settings.IS_DEMO else ()
    return (*pretended, *gocardless_set_up(), *stripe_set_up(), OFFLINE)


def methods_offered() -> tuple[str, ...]:
    """The ways to pay that somebody here takes, in the order in which readers are offered them."""
    return tuple(dict.fromkeys(method for provider in providers() for method in provider.methods))


def provider_for(method: str) -> Provider:
    """Return who takes ``method`` (``models.Method``). Raises NobodyTakesIt."""
    for provider in providers():
        if method in provider.methods:
            return provider
    raise NobodyTakesIt(f"Nobody here takes payments by {method}.")


def provider_named(slug: str) -> Provider:
    """Return the provider with this short name. Raises NobodyTakesIt for one that is not set up."""
    for provider in providers():
        if provider.slug == slug:
            return provider
    raise NobodyTakesIt(f"There is no provider “{slug}” here.")
