"""What of somebody's bulletins stays when they are erased, and how does the rest go?"""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from pututu.bulletins.models import Choice, Delivery, ReturnedMail
from pututu.bulletins.querysets import DeliveryQuerySet
from pututu.bulletins.rules.ledger import TO_BE_SENT, State
from pututu.people.erasure import Keeping
from pututu.people.models import Person


class Bulletins:
    """That a mail went stays, for the accounts of an issue must add up: without name, address or anybody's words."""

    def keeps(self, person: Person) -> list[Keeping]:
        count = Delivery.objects.filter(person=person).count()
        if not count:
            return []
        what = _("%(count)s mails of bulletins, without name and address") % {"count": count}
        return [Keeping(what, _("The numbers of an issue must add up."))]

    def erase(self, person: Person) -> None:
        Choice.objects.filter(person=person).delete()
        mails: DeliveryQuerySet = Delivery.objects.filter(person=person)
        mails.filter(state__in=[*TO_BE_SENT, State.CLAIMED]).update(
            state=State.SUPPRESSED, worker=None, next_try_at=None, changed_at=timezone.now()
        )
        ReturnedMail.objects.filter(delivery__in=mails).delete()
        mails.forget()
