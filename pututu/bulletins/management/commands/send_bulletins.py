"""How do bulletins that are due leave from outside the web server?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pututu.bulletins.services.posting import post_what_is_due


class Command(BaseCommand):
    help = "Sends the bulletins that are due, and what is to be tried again; one that died in between left it in order."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{post_what_is_due()} mails were answered.")
