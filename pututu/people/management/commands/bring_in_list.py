"""How does an operator finish a long list that staff began to bring in?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pututu.people.models import ImportRun
from pututu.people.services.importing import advance, waiting


class Command(BaseCommand):
    help = "Goes on with a list that staff try or bring in, to its end. It can be stopped and repeated at any time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, help="the number of the list, as its page's address has it")

    def handle(self, *args: Any, **options: Any) -> None:
        run = ImportRun.objects.filter(pk=options["number"]).first()
        if run is None:
            raise CommandError(f"There is no list {options['number']}.")
        advance(run)
        done = run.rows.exclude(done_at=None).count()
        words = f"{run.filename}: {run.state}, {done} lines brought in, {waiting(run)} wait for somebody."
        self.stdout.write(words)
