"""How does an operator see what is over its time, and take it out?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from pututu.people.services.retaining import apply_rule, rules_named, standing


class Command(BaseCommand):
    help = (
        "Says how much each rule of retention would touch today; with --run it does it. It can be repeated."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--run", action="store_true", help="take out what is over its time")
        parser.add_argument(
            "--rule", action="append", default=[], help="only this one; may be given several times"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rules = rules_named(options["rule"])
        except KeyError as problem:
            names = ", ".join(rule.slug for rule in rules_named([]))
            raise CommandError(f"There is no rule {problem}. There are: {names}.") from problem
        today = timezone.localdate()
        with translation.override("en"):
            for rule in rules:
                found = standing(rule, today=today)
                if found.since is None:
                    self.stdout.write(f"{rule.slug}: kept")
                elif options["run"]:
                    done = apply_rule(rule, today=today, by=None)
                    self.stdout.write(f"{rule.slug}: {done} from before {found.since} {rule.fate}")
                else:
                    self.stdout.write(
                        f"{rule.slug}: {found.count} from before {found.since} to be {rule.fate}"
                    )
