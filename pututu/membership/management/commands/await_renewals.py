"""How does an operator have the payments of next terms written down?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from pututu.membership.services.renewals import await_renewals


class Command(BaseCommand):
    help = (
        "Writes down the renewals that are to come by cheque, transfer or standing order. It can be repeated."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        new = await_renewals(timezone.localdate())
        if new or int(options["verbosity"]) > 0:
            self.stdout.write(f"{len(new)} renewals are awaited that were not before.")
