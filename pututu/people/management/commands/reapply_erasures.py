"""How does an operator erase anew those whom a restored backup brought back?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pututu.people.services.erasing import reapply_erasures


class Command(BaseCommand):
    help = "Erases anew whoever was erased after the backup was made. Run it after every restore; it can be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{reapply_erasures()} people were erased anew.")
