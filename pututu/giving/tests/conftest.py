"""What do the tests of money share: the providers, as small servers, and a thing that is due again?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pututu.giving import providers, subjects
from pututu.giving.providers.gocardless import GoCardless
from pututu.giving.providers.stripe import Stripe
from pututu.giving.tests.fakes import FakeGoCardless, FakeStripe, served
from pututu.giving.tests.taking import Shop
from tests.factories import make_site

SECRET = "a secret of the provider's"


@pytest.fixture
def stripe(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeStripe]:
    with served(FakeStripe()) as fake:
        ours = Stripe("sk_test_x", secret=SECRET, api=fake.address)
        monkeypatch.setattr(providers, "stripe_set_up", lambda: [ours])
        yield fake


@pytest.fixture
def gocardless(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGoCardless]:
    with served(FakeGoCardless()) as fake:
        ours = GoCardless("sandbox_x", secret=SECRET, api=fake.address)
        monkeypatch.setattr(providers, "gocardless_set_up", lambda: [ours])
        yield fake


@pytest.fixture
def shop(db, monkeypatch: pytest.MonkeyPatch) -> Shop:
    make_site()
    found = Shop()
    monkeypatch.setattr(subjects, "_catalogues", [found])
    return found
