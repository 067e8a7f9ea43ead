"""How does an operator have the money taken that comes again by itself?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from pututu.giving.services.charging import take_regular_payments


class Command(BaseCommand):
    help = (
        "Tells payers of money that is taken by itself, takes it when its day has come, and gives it up after some "
        "declines. Safe at any time; repeatable."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = take_regular_payments(timezone.localdate())
        if any((done.told, done.asked, done.given_up, done.failed)) or int(options["verbosity"]) > 0:
            self.stdout.write(
                f"{done.told} payers were told, {done.asked} payments asked for, {done.given_up} given up; "
                f"{done.failed} failed and are tried again."
            )
