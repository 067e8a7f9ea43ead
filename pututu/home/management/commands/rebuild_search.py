"""How does an operator make the search index anew?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pututu.home.services import rebuild


class Command(BaseCommand):
    help = "Makes the search index anew from the published pages. Safe at any time; it can be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild()} pages are in the search index.")
