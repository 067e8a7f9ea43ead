"""What is a person told of the bulletins that they chose and were sent?"""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pututu.bulletins.models import Choice, Delivery, ReturnedMail, Series
from pututu.people.disclosure import Section
from pututu.people.models import Person


def disclose_choices(person: Person) -> Section:
    labels = {
        "series": _("Series"),
        "address": _("E-mail address"),
        "languages": _("languages"),
        "topics": _("Topics"),
        "paused_until": _("Pause until"),
        "asked_for_at": _("Asked for by name on"),
        "left_at": _("Left on"),
        "left_why": _("Why"),
    }
    found = Choice.objects.filter(person=person).select_related("email", "series").order_by("pk")
    rows = [
        {
            "series": _name(each.series),
            "address": each.email.address,
            "languages": ", ".join(each.languages),
            "topics": ", ".join(str(topic) for topic in each.topics.prefetch_related("names")),
            "paused_until": each.paused_until.isoformat() if each.paused_until else "",
            "asked_for_at": each.asked_for_at.isoformat() if each.asked_for_at else "",
            "left_at": each.left_at.isoformat() if each.left_at else "",
            "left_why": each.left_why,
        }
        for each in found
    ]
    return Section("bulletin-choices", _("What you chose of bulletins"), labels, rows)


def disclose_mails(person: Person) -> Section:
    """Each mail that was to go to them, when, and what became of it."""
    labels = {
        "at": _("When"),
        "series": _("Series"),
        "number": _("Number"),
        "address": _("E-mail address"),
        "language": _("edition"),
        "state": _("State"),
        "words": _("The server’s words"),
    }
    found = Delivery.objects.filter(person=person).select_related("issue__series").order_by("pk")
    rows = [
        {
            "at": each.changed_at.isoformat(),
            "series": _name(each.issue.series),
            "number": each.issue.number,
            "address": each.address,
            "language": each.language,
            "state": str(each.get_state_display()),
            "words": f"{each.code or ''} {each.words}".strip(),
        }
        for each in found
    ]
    return Section("bulletin-mails", _("Bulletins that were sent to you"), labels, rows)


def disclose_returned(person: Person) -> Section:
    """What came back of their mails; whoever shares the address is told the same."""
    labels = {
        "at": _("When"),
        "address": _("E-mail address"),
        "kind": _("What it says"),
        "words": _("The server’s words"),
    }
    found = ReturnedMail.objects.filter(email__people=person).select_related("email").order_by("pk")
    rows = [
        {
            "at": each.at.isoformat(),
            "address": each.email.address if each.email else "",
            "kind": str(each.get_kind_display()),
            "words": f"{each.status} {each.words}".strip(),
        }
        for each in found
    ]
    return Section("returned-mail", _("Mails to you that came back"), labels, rows)


def _name(series: Series) -> str:
    return series.wording(get_language() or settings.LANGUAGE_CODE).name
