"""What is missing before strangers may reach the staff screens?"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def check_second_factor(**_kwargs: Any) -> list[CheckMessage]:
    if not settings.IS_DEMO:
        return []
    return [
        Warning(
            "The demonstration lets staff in without a second factor.",
            hint="Unset PUTUTU_DEMO on any machine that others can reach.",
            id="accounts.W001",
        )
    ]
