"""How do those who asked for bulletins get the letter by which they confirm it, from outside the web server?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pututu.bulletins.services.asked import write_to_those_who_asked


class Command(BaseCommand):
    help = "Writes to those who asked for bulletins on the site, for them to confirm it."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{write_to_those_who_asked()} forms were worked at.")
