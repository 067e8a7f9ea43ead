"""How are the old sites that staff gave looked at and brought across? The clock calls this every moment."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pututu.rescue.bringing.forgetting import forget_what_nobody_asked_for
from pututu.rescue.bringing.given import work


class Command(BaseCommand):
    help = "Look at the old sites that staff gave, and bring across those that they asked for."

    def handle(self, *_args: Any, **_options: Any) -> None:
        waiting = work()
        forget_what_nobody_asked_for()
        if waiting:
            raise CommandError("\n".join(waiting))
