"""Do two clocks that run at the same moment ever charge the same card twice? (PostgreSQL)

The control takes the lock on the mandate away: there the card is charged twice.
"""

from __future__ import annotations

import datetime as dt
import time

import time_machine

from pututu.giving import subjects
from pututu.giving.models import Mandate, Payment
from pututu.giving.services import charging
from pututu.giving.services.charging import take_regular_payments
from pututu.giving.tests.taking import DUE, Shop, by_card, run, taken
from pututu.people.services.mail import drain
from tests.at_once import MARKS, both_at_once, meet_after

pytestmark = MARKS


def charged_by_two_clocks(monkeypatch, stripe) -> int:
    """Let two clocks come to the day together; return how often the card was charged for it."""
    monkeypatch.setattr(subjects, "_catalogues", [Shop()])
    by_card(stripe)
    run(DUE - dt.timedelta(days=14), days=14)
    drain()
    before = len(stripe.charges())
    assert taken() == []
    meet_after(monkeypatch, charging, "_is_wanted")
    number, said = charging._number, []

    def slow_for_the_second(collection):
        said.append(collection)
        time.sleep(0.7 * (len(said) - 1))
        return number(collection)

    monkeypatch.setattr(charging, "_number", slow_for_the_second)
    with time_machine.travel(dt.datetime.combine(DUE, dt.time(12), dt.UTC), tick=True):
        found = both_at_once(*[lambda: take_regular_payments(DUE)] * 2)
    assert not [each for each in found if isinstance(each, Exception) or each.failed]
    return len(stripe.charges()) - before


def test_two_clocks_at_the_same_moment_charge_once(monkeypatch, stripe):
    assert charged_by_two_clocks(monkeypatch, stripe) == 1
    assert Payment.objects.filter(key__startswith="take:").count() == 1


def test_without_the_lock_on_the_mandate_they_would_charge_twice(monkeypatch, stripe):
    monkeypatch.setattr(Mandate.objects, "select_for_update", lambda **_of: Mandate.objects.all())
    assert charged_by_two_clocks(monkeypatch, stripe) == 2
