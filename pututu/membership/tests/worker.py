"""What does a process do that is killed in the middle of taking money?

It waits for a word on its standard input; at each it starts a copy of itself, tells its number, has it take what is
due, reconcile and take in a statement, and tells how it ended. So a test can kill the copy at any moment, for as good
as no time. The arguments are the day, the address of the small server that stands for Stripe, and the statement.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

import django


def main(day: str, stripe_address: str, statement: str) -> None:
    django.setup()
    for word in sys.stdin:
        if word.strip() != "go":
            return
        child = os.fork()
        if not child:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            work(day, stripe_address, Path(statement).read_bytes())
            os._exit(0)
        print(child, flush=True)
        _pid, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def work(day: str, stripe_address: str, statement: bytes) -> None:
    """All that the clock does for money on one day, and what a treasurer does."""
    from pututu.giving import providers
    from pututu.giving.models import BankAccount
    from pututu.giving.providers.stripe import Stripe
    from pututu.giving.services.charging import take_regular_payments
    from pututu.giving.services.events import reconcile
    from pututu.giving.services.statements import take_in

    stripe = Stripe("sk_test_x", secret="x", api=stripe_address)
    providers.stripe_set_up = lambda: [stripe]
    take_regular_payments(dt.date.fromisoformat(day))
    reconcile()
    account = BankAccount.objects.get()
    take_in(account, filename="a.csv", content=statement, by=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
