"""What of bulletins has an end, and how does it go?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from pututu.bulletins.models import Delivery, ReturnedMail
from pututu.bulletins.rules.ledger import ENDED
from pututu.people.models import Person
from pututu.people.retention import Rule, never_of, without_ties
from pututu.people.rules.retention import Fate, Unit
from pututu.people.services.retained import day_in_words, delete_rows, erase_people, person_in_words


def _answered_before(since: dt.date) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(changed_at__date__lt=since, state__in=ENDED).exclude(address="")
    return rows.select_related("issue__series")


MAILS = Rule(
    slug="bulletin-mails",
    what=_("To whom each mail of a bulletin went, at which address, and the server's words"),
    why=_("For a while it can be shown what somebody was sent; the numbers of the issue stay."),
    fate=Fate.EMPTIED,
    unit=Unit.DAYS,
    length=730,
    least=30,
    most=2200,
    due=_answered_before,
    words=lambda row: f"{day_in_words(row.changed_at)}: {row.issue}",
    act=lambda keys: _forget(Delivery.objects.filter(pk__in=keys)),
)


def _forget(rows: Any) -> None:
    rows.forget()


RETURNED = Rule(
    slug="returned-mail",
    what=_("Mails that came back, as they came"),
    why=_("They show why an address is not written to; the reason stays with the address."),
    fate=Fate.DELETED,
    unit=Unit.DAYS,
    length=365,
    least=30,
    most=2200,
    due=lambda since: ReturnedMail.objects.filter(at__date__lt=since),
    words=lambda row: f"{day_in_words(row.at)}: {row.get_kind_display()}",
    act=lambda keys: delete_rows(ReturnedMail.objects.filter(pk__in=keys)),
)


def _never_confirmed(since: dt.date) -> QuerySet[Person]:
    strangers = never_of(without_ties(since), "people", "giving", "membership")
    return strangers.filter(came_by__in=[_page_in(code) for code, _name in settings.LANGUAGES])


def _page_in(language: str) -> str:
    with translation.override(language):
        return reverse("bulletins")


NEVER_CONFIRMED = Rule(
    slug="never-confirmed",
    what=_("People who asked for a bulletin and never confirmed it"),
    why=_("The link works for a week; whoever does not confirm gets nothing, and nothing is needed of them."),
    fate=Fate.ERASED,
    unit=Unit.DAYS,
    length=60,
    least=8,
    most=365,
    due=_never_confirmed,
    words=person_in_words,
    act=erase_people,
    at_once=1,
)
RULES = (MAILS, RETURNED, NEVER_CONFIRMED)
