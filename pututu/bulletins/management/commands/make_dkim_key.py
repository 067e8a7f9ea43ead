"""How does an operator come by a key to sign mail with?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pututu.lib.dkim import key_as_pem, make_key, record_for

PIECE = 255  # the longest string that one TXT record may have in one piece (RFC 1035 3.3.14)


class Command(BaseCommand):
    help = "Makes a key to sign mail with (DKIM) and says which DNS record goes with it; never writes over a file."
    requires_system_checks: list[str] = []  # it is what puts a check right

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("path", type=Path, help="the file that is made, such as /etc/pututu-dkim.pem")

    def handle(self, *_args: Any, path: Path, **_options: Any) -> None:
        key = make_key()
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(key_as_pem(key))
        except FileExistsError as problem:
            raise CommandError(f"{path} is there already, and nothing was changed.") from problem
        except OSError as problem:
            raise CommandError(f"{path} can't be made: {problem.strerror}.") from problem
        self._tell(path, record_for(key))

    def _tell(self, path: Path, record: str) -> None:
        name = f"{settings.DKIM_SELECTOR}._domainkey.{settings.DKIM_DOMAIN}"
        pieces = " ".join(f'"{record[at : at + PIECE]}"' for at in range(0, len(record), PIECE))
        self.stdout.write(
            f"The key is in {path}; only its owner can read it, so it must belong to the user of the service.\n\n"
            f"1. Add this TXT record to the DNS of {settings.DKIM_DOMAIN}.\n"
            f"   Name:  {name}\n   Value: {record}\n"
            f"   In a zone file: {name}. IN TXT ( {pieces} )\n"
            f"2. When it is there, set PUTUTU_DKIM_KEY={path.resolve()} and start anew.\n"
            "3. ./run manage check_sender says whether the world sees it.\n"
        )
