"""Which issues are to go out now, and with what are their mails written?"""

from __future__ import annotations

import logging

from django.utils import timezone

from pututu.bulletins.models import Delivery, Issue
from pututu.bulletins.providers import channel
from pututu.bulletins.providers.contract import Unreachable
from pututu.bulletins.rendering.mails import Composer
from pututu.bulletins.rules.mail import Mail
from pututu.bulletins.services.freezing import begin_sending
from pututu.bulletins.services.sending import send_due

logger = logging.getLogger(__name__)


class Composers:
    """One composer for each issue that mails are written of."""

    def __init__(self) -> None:
        self._known: dict[int, Composer] = {}

    def __call__(self, delivery: Delivery) -> Mail:
        if delivery.issue_id not in self._known:
            issue = Issue.objects.select_related("series").get(pk=delivery.issue_id)
            self._known[delivery.issue_id] = Composer(issue)
        return self._known[delivery.issue_id].mail(delivery)


def post_what_is_due() -> int:
    """Begin what is scheduled for now, and hand over what is due; return how many mails were answered."""
    for issue in Issue.objects.filter(state=Issue.State.SCHEDULED, send_at__lte=timezone.now()):
        begin_sending(issue)
    if not Issue.objects.filter(state=Issue.State.SENDING).exists():
        return 0
    try:
        return send_due(channel(), Composers())
    except Unreachable as failure:
        logger.warning("Bulletins wait: %s", failure)
        return 0
