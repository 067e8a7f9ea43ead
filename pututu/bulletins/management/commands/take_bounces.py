"""How do mails that came back get in: from their mailbox, or one by one from the mail server?"""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pututu.bulletins.providers.contract import Unreachable
from pututu.bulletins.services.returning import take_from_mailbox, take_returned


class Command(BaseCommand):
    help = "Takes mails that came back out of their mailbox (PUTUTU_BOUNCES_URL), or one from a pipe."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--stdin", action="store_true", help="one mail comes through the pipe")

    def handle(self, *_args: Any, stdin: bool = False, **_options: Any) -> None:
        if stdin:
            take_returned(sys.stdin.buffer.read())
            return
        if not settings.BOUNCES_URL:
            self.stdout.write("No mailbox is named: see PUTUTU_BOUNCES_URL.")
            return
        try:
            self.stdout.write(f"{take_from_mailbox()} mails were taken.")
        except Unreachable as problem:
            raise CommandError(str(problem)) from problem
