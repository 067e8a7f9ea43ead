"""How does an operator ask providers what they forgot to tell?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pututu.giving.services.events import reconcile


class Command(BaseCommand):
    help = "Asks the payment providers for all that may have changed without a word. Safe at any time; repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        done = reconcile()
        self.stdout.write(
            f"Providers were asked for {done.asked} payments; {done.failed} failed and are tried again."
        )
