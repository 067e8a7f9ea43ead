"""How does an operator give somebody all that is known of them?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pututu.lib.references import show_reference
from pututu.people.services.disclosing import NobodyFound, SeveralFound, disclose, find_one


class Command(BaseCommand):
    help = "Writes all that is known of one person into a ZIP: a page to read, and JSON. It is logged."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help="a payment reference or an e-mail address")
        parser.add_argument("--out", default=".", help="the folder for the file; the present one without it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = find_one(options["who"])
        except SeveralFound as problem:
            names = "\n".join(f"  {show_reference(each.reference)}  {each.name}" for each in problem.people)
            raise CommandError(f"{problem} Give the payment reference of one of them:\n{names}") from problem
        except NobodyFound as problem:
            raise CommandError(str(problem)) from problem
        path = Path(options["out"]) / f"everything-{person.reference}.zip"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(disclose(person, by=None))
        self.stdout.write(f"{path} is for this person alone: hand it over safely, then delete it.")
