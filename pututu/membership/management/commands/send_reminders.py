"""How does an operator have members reminded, or see who would be?"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from pututu.membership.services.reminders import due_reminders, send_reminders


class Command(BaseCommand):
    help = "Sends the reminders that are due by e-mail, each once. Those that go by post wait for the staff."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Say who would get what; send nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        if options["dry_run"]:
            for due in due_reminders(today):
                way = due.email.address if due.email else "by post"
                self.stdout.write(f"{due.membership.holder}, ends {due.end}, reminder {due.rule.key}: {way}")
            return
        number = send_reminders(today)
        if number or int(options["verbosity"]) > 0:
            self.stdout.write(f"{number} reminders were sent.")
