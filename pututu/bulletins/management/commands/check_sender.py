"""How does an operator learn whether receivers believe that our mail is ours?"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from pututu.bulletins.rendering.trust import told
from pututu.bulletins.rules.findings import Level
from pututu.bulletins.services.trusting import Looked, look_at_senders


class Command(BaseCommand):
    help = "Asks the DNS whether SPF, DKIM and DMARC of our senders' domains are right, and says what to do."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with override("en"):
            looked = look_at_senders()
            for each in looked:
                self._tell(each)
        if any(found.level is Level.FAULT for each in looked for found in each.found):
            sys.exit(1)

    def _tell(self, looked: Looked) -> None:
        self.stdout.write(f"{looked.domain}")
        for each in map(told, looked.found):
            self.stdout.write(f"  {each.record} {each.judged}: {each.says}")
            for line in filter(None, (each.do, each.stands_there)):
                self.stdout.write(f"      {line}")
