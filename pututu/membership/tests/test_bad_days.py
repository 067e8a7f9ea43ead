"""On bad days money stays right: a thousand messages, a provider that is down, a process that is killed anywhere."""

import contextlib
import datetime as dt
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from pututu.giving import providers
from pututu.giving.models import (
    BankAccount,
    Collection,
    DemonstrationPayment,
    Mandate,
    Method,
    Payment,
    ProviderEvent,
)
from pututu.giving.providers.contract import Checkout
from pututu.giving.providers.demonstration import SIGNATURE, sign
from pututu.giving.providers.stripe import Stripe
from pututu.giving.rules import Part
from pututu.giving.rules.tables import Columns
from pututu.giving.services.charging import take_regular_payments
from pututu.giving.services.checkout import begin_payment
from pututu.giving.services.events import reconcile
from pututu.giving.tests.fakes import FakeStripe, served
from pututu.membership.models import Term
from pututu.membership.services.consents import note_membership_mail
from pututu.membership.services.renewals import await_renewals
from tests.belonging import make_membership, make_person, make_plan, pay_for, pounds, use_for
from tests.factories import make_site

pytestmark = pytest.mark.django_db
# Only these apps' tables are emptied afterwards: what migrations have put into the others stays for the next test.
EMPTIED = ["pututu.people", "pututu.giving", "pututu.membership"]
ROOT = Path(__file__).parents[3]
A_YEAR = dt.timedelta(days=364)


def member(plan, name, *, method=Method.CARD, fake=None):
    """Somebody whose membership ends today, and whose card is kept where there is a ``fake`` Stripe."""
    today = timezone.localdate()
    person = make_person(name, f"{name.lower()}@example.org")
    note_membership_mail(person, person.addresses.get(), page="test", language="en")
    membership = make_membership(plan, person, on=str(today - A_YEAR))
    pay_for(membership, on=str(today - A_YEAR))
    membership.method = method
    if fake:
        card, _is_new = fake.make("pm_", "", object="payment_method", customer=f"cus_{name}", behaves="pays")
        membership.mandate = Mandate.objects.create(
            payer=person,
            provider="stripe",
            method=method,
            provider_reference=card["id"],
            provider_customer=card["customer"],
        )
    membership.save()
    return membership


def tell(*memberships):
    """Let those that renew by themselves have been told two weeks ago."""
    today = timezone.localdate()
    for each in memberships:
        end = each.terms.get().last
        Collection.objects.create(
            about=each.uid,
            due_on=end,
            mandate=each.mandate,
            minor=each.plan.minor,
            currency="GBP",
            told_on=today - dt.timedelta(14),
            ask_on=today,
            take_on=today,
        )


def test_a_thousand_messages_in_any_order_end_in_the_same_state(client, settings):
    settings.IS_DEMO = True
    make_site()
    plan, today = make_plan(), timezone.localdate()
    payments = []
    for number in range(20):
        membership = make_membership(plan, make_person(f"Member {number}"))
        checkout = Checkout("A membership", "en", "/en/")
        begun = begin_payment(
            membership.holder,
            pounds(36),
            method=Method.CARD,
            parts=[Part(3600, use_for(membership))],
            key=f"storm-{number}",
            on=today,
            checkout=checkout,
        )
        payments.append(begun.payment)
    deck = random.Random(7)
    events = [
        {"id": f"e{number}", "payment": payments[number % 20].provider_reference} for number in range(500)
    ]
    storm = [*events, *events]
    deck.shuffle(storm)
    for number, event in enumerate(storm):
        if number == 300:
            DemonstrationPayment.objects.update(state="paid", paid_on=today)
        body = json.dumps({"events": [event]})
        headers = {SIGNATURE: sign(body.encode())}
        answer = client.post(
            reverse("provider-messages", args=["demonstration"]),
            body,
            content_type="application/json",
            headers=headers,
        )
        assert answer.status_code == 204
    assert reconcile().failed == 0
    assert ProviderEvent.objects.filter(handled_at=None).count() == 0
    assert (ProviderEvent.objects.count(), Payment.objects.confirmed().count()) == (500, 20)
    assert Term.objects.filter(revoked_at=None).count() == 20


def test_an_hour_without_the_provider_in_the_middle_ends_as_a_day_with_it(monkeypatch):
    make_site()
    today = timezone.localdate()
    with served(FakeStripe()) as fake:
        monkeypatch.setattr("pututu.giving.providers.stripe.RETRIES", 0)
        ours = Stripe("sk_test_x", secret="x", api=fake.address)
        monkeypatch.setattr(providers, "stripe_set_up", lambda: [ours])
        plan = make_plan()
        members = [member(plan, name, fake=fake) for name in ("Ana", "Juan", "Paula", "Rosa", "Tito")]
        tell(*members)
        answer, calls = fake.answer, []

        def goes_down(*question):
            calls.append(question)
            fake.is_down = len(calls) >= 8
            return answer(*question)

        monkeypatch.setattr(fake, "answer", goes_down)
        done = take_regular_payments(today)
        assert 0 < done.asked < 5
        for _ten_minutes in range(6):
            assert reconcile().failed + take_regular_payments(today).failed > 0
        monkeypatch.setattr(fake, "answer", answer)
        fake.is_down = False
        for _again in range(2):
            take_regular_payments(today)
            reconcile()
        assert len(fake.charges()) == 5
    assert Term.objects.filter(revoked_at=None).count() == 10
    assert Payment.objects.pending().count() == 0


# --- killed


class Killed:
    """A worker whose copies are killed when the fake Stripe says so, or after a while."""

    def __init__(self, database, fake, statement):
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{database}",
            "DJANGO_SETTINGS_MODULE": "pututu.config.settings",
        }
        arguments = [str(timezone.localdate()), fake.address, str(statement)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pututu.membership.tests.worker", *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.child = 0

    def __enter__(self):
        return self

    def __exit__(self, *_failure):
        self.process.communicate("stop\n", timeout=60)

    def run(self, *, seconds=None):
        """One copy, killed after so many seconds where that is given; return how it ended."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        self.child = int(self.process.stdout.readline())
        timer = threading.Timer(seconds, self.kill) if seconds else None
        if timer:
            timer.start()
        status = int(self.process.stdout.readline())
        if timer:
            timer.cancel()
        return status

    def kill(self):
        with contextlib.suppress(ProcessLookupError):  # it was faster
            os.kill(self.child, signal.SIGKILL)


def copy_to(path):
    """Write the database of this test to a file that another process opens."""
    connection.ensure_connection()
    target = sqlite3.connect(path)
    connection.connection.backup(target)
    target.close()


def rows(path, question):
    with contextlib.closing(sqlite3.connect(path)) as database:
        return database.execute(question).fetchall()


@pytest.mark.django_db(transaction=True, available_apps=EMPTIED)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file of another process is made of SQLite's")
def test_killed_anywhere_and_run_again_nobody_is_charged_twice_and_no_term_is_lost(tmp_path):
    plan = make_plan()
    with served(FakeStripe()) as fake:
        tell(*[member(plan, name, fake=fake) for name in ("Ana", "Juan", "Paula")])
        waiting = [member(plan, name, method=Method.STANDING_ORDER) for name in ("Rosa", "Tito")]
        assert len(await_renewals(timezone.localdate())) == 2
        columns = Columns(date="Date", amount="Amount", text=("Description",))
        BankAccount.objects.create(name="Current", columns=columns.as_json())
        day = timezone.localdate().strftime("%d/%m/%Y")
        lines = "".join(f"{day},{each.holder.reference},36.00\n" for each in waiting)
        (tmp_path / "a.csv").write_text(f"Date,Description,Amount\n{lines}")
        path = tmp_path / "killed.sqlite3"
        copy_to(path)
        with Killed(path, fake, tmp_path / "a.csv") as worker:
            ends = [*killed_at_stripe(worker, fake), *(worker.run(seconds=at) for at in moments())]
            assert ends.count(-signal.SIGKILL) >= 5, "most copies die in the middle"
            assert [worker.run() for _again in range(2)] == [0, 0]
        assert len(fake.charges()) == 3
    states = dict(rows(path, "SELECT state, count(*) FROM giving_payment GROUP BY state"))
    assert states == {"confirmed": 10}
    assert rows(path, "SELECT count(*) FROM membership_term WHERE revoked_at IS NULL") == [(10,)]
    assert rows(path, "SELECT sum(minor) FROM giving_payment") == rows(
        path, "SELECT sum(minor) FROM giving_share"
    )
    assert rows(path, "SELECT count(*) FROM giving_lineuse WHERE undone_at IS NULL") == [(2,)]
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]


def moments():
    """Times, in seconds after a copy began, on which it is killed."""
    deck = random.Random(int(os.environ.get("PUTUTU_TEST_SEED", "11")))
    return [deck.uniform(0.02, 0.5) for _time in range(6)]


def killed_at_stripe(worker, fake):
    """Kill a copy before, and another after, Stripe does what it is asked, at the nth question."""
    answer, ends = fake.answer, []
    for number in (1, 2, 3, 4):
        for before in (True, False):
            left = [number]

            def kill(*question, before=before, left=left):
                left[0] -= 1
                if not left[0] and before:
                    worker.kill()
                found = answer(*question)
                if not left[0] and not before:
                    worker.kill()
                return found

            fake.answer = kill
            ends.append(worker.run())
            fake.forget_keys()  # so that only looking first keeps from charging twice
    fake.answer = answer
    return ends
