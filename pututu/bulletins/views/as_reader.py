"""How does the coordinator see an issue as one reader gets it? A look at somebody's record, and noted as one."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pututu.bulletins.models import Issue
from pututu.bulletins.rendering.words import reason_words
from pututu.bulletins.services.one_reader import Reading, mail_for, people_sought, reading_of
from pututu.bulletins.views.access import needs
from pututu.bulletins.views.writing import in_the_dark, issue_or_404, language_of
from pututu.people.models import AccessRecord, Person
from pututu.people.services.access import note_look
from pututu.people.views.visitors import own_language
from pututu.topics.models import Topic

DETAIL = "an issue as they get it"


@needs("view_delivery")
@require_safe
def choose(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Find the reader, by a name or an address."""
    issue, words = issue_or_404(uid), request.GET.get("q", "").strip()
    found: list[Person] = []
    if words:
        note_look(AccessRecord.Act.LISTED, by=request.user, detail="readers of an issue")
        may_see_all = request.user.has_perm("people.view_person")
        found = list(people_sought(issue, words, also_strangers=may_see_all).prefetch_related("addresses"))
    context = _frame(request, issue) | {"q": words, "found": found}
    return render(request, "bulletins/admin/as_whom.html", context)


@needs("view_delivery")
@require_safe
def show(request: HttpRequest, uid: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Where and how somebody gets the issue, with the mail; or why they get nothing."""
    issue, whom, reading = _looked_at(request, uid, person)
    context = _frame(request, issue) | {"person": whom, "reading": reading}
    if reading.reader:
        context |= {
            "language": language_of(reading.reader.language),
            "topics": Topic.objects.filter(slug__in=reading.reader.topics).prefetch_related("names"),
            "mail": mail_for(issue, reading.reader),
        }
    else:
        context["why"] = reason_words(reading.why)
    return render(request, "bulletins/admin/as_reader.html", context)


@needs("view_delivery")
@require_safe
def alone(request: HttpRequest, uid: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Their mail's page alone, for the frames."""
    issue, _whom, reading = _looked_at(request, uid, person)
    page = mail_for(issue, reading.reader).html if reading.reader else ""
    return HttpResponse(in_the_dark(page) if "dark" in request.GET else page)


def _looked_at(request: HttpRequest, uid: uuid.UUID, person: uuid.UUID) -> tuple[Issue, Person, Reading]:
    issue = issue_or_404(uid)
    people = Person.objects.known()
    if not request.user.has_perm("people.view_person"):
        people = people.filter(consents__purpose=issue.series.purpose).distinct()
    whom = get_object_or_404(people, uid=person)
    note_look(AccessRecord.Act.SEEN, person=whom, by=request.user, detail=DETAIL)
    return issue, whom, reading_of(issue, whom)


def _frame(request: HttpRequest, issue: Issue) -> dict[str, Any]:
    return {
        "title": f"{issue.series.wording(own_language()).name} {issue.number}",
        "subtitle": _("As one reader gets it"),
        "issue": issue,
    }
