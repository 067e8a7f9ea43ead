"""How does an issue get on its way, and what became of each of its mails?"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pututu.bulletins.forms import SendForm
from pututu.bulletins.models import Delivery, Issue, ReturnedMail
from pututu.bulletins.rendering.words import FAULT_WORDS, act_words, reason_words
from pututu.bulletins.rules.ledger import State, balance_of
from pututu.bulletins.rules.returned import Kind
from pututu.bulletins.services import drafts, issues
from pututu.bulletins.services.figures import left_after
from pututu.bulletins.views.access import needs
from pututu.bulletins.views.writing import issue_or_404, language_of
from pututu.people.models import AccessRecord
from pututu.people.services import log_access
from pututu.people.views.visitors import own_language
from pututu.shell.rendering import language_name

ROWS = 50


def phrase_for(reach: drafts.Reach) -> str:
    """What must be typed to send."""
    words = ngettext("send to %(number)s person", "send to %(number)s people", reach.total)
    return words % {"number": reach.total}


@needs("view_issue")
@require_safe
def issue_view(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One issue: what to look at and to whom it would go, or where its mails stand."""
    issue = issue_or_404(uid)
    context: dict[str, Any] = {
        "title": f"{issue.series.wording(own_language()).name} {issue.number}",
        "subtitle": issue.get_state_display(),
        "issue": issue,
        "editions": [(each, language_of(each.language)) for each in issue.editions.all()],
        "notes": [
            {"at": each.at, "words": act_words(each.act), "detail": each.detail, "by": each.by}
            for each in issue.notes.select_related("by")
        ],
    }
    more = _before(issue) if issue.frozen_at is None else _after(issue)
    return render(request, "bulletins/admin/issue.html", context | more)


def _before(issue: Issue, form: SendForm | None = None) -> dict[str, Any]:
    findings, reach = drafts.findings_in(issue), drafts.reach_of(issue)
    return {
        "findings": [
            (language_of(each.language), FAULT_WORDS[each.fault], each.about, each.is_blocking)
            for each in findings
        ],
        "is_blocked": any(each.is_blocking for each in findings),
        "reach": [(language_name(language), number) for language, number in sorted(reach.editions.items())],
        "total": reach.total,
        "left_out": [(reason_words(why), number) for why, number in sorted(reach.left_out.items())],
        "phrase": phrase_for(reach),
        "form": form or SendForm(phrase=phrase_for(reach)),
        "may_send": issue.state == Issue.State.DRAFT,
    }


def _after(issue: Issue) -> dict[str, Any]:
    counts = Delivery.objects.filter(issue=issue).counts()
    return {
        "is_under_way": issue.state == Issue.State.SENDING,
        "balance": balance_of(issue.frozen, counts),
        "left": left_after(issue),
        "returned": returned_counts(issue),
        "states": [
            (state, label, counts.get(state, 0))
            for state, label in Delivery.States.choices
            if counts.get(state)
        ],
        "left_out": [(reason_words(why), number) for why, number in sorted(issue.left_out.items())],
    }


def returned_counts(issue: Issue) -> list[tuple[str, str, int]]:
    """How many mails of an issue came back, by what they say."""
    rows = (
        ReturnedMail.objects.filter(delivery__issue=issue)
        .exclude(kind=Kind.LEFT)
        .order_by()
        .values_list("kind")
    )
    counts = dict(rows.annotate(Count("pk")))
    return [(kind, str(label), counts[kind]) for kind, label in ReturnedMail.Kinds.choices if kind in counts]


@needs("send_issue")
@require_POST
def send(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The last confirmation, typed."""
    issue = issue_or_404(uid)
    form = SendForm(request.POST, phrase=phrase_for(drafts.reach_of(issue)))
    if not form.is_valid():
        messages.error(request, " ".join(str(each) for errors in form.errors.values() for each in errors))
        return redirect("bulletins:issue", uid)
    if any(each.is_blocking for each in drafts.findings_in(issue)):
        messages.error(request, _("Something must be put right first: see the list."))
        return redirect("bulletins:issue", uid)
    return _try(request, uid, lambda: issues.schedule(issue, at=form.cleaned_data["at"], by=request.user))


@needs("send_issue")
@require_POST
def act(request: HttpRequest, uid: uuid.UUID, name: str) -> HttpResponse:
    """Approve, call back, stop, go on or give up."""
    issue, why = issue_or_404(uid), request.POST.get("why", "")
    acts = {
        "approve": lambda: issues.approve(issue, by=request.user),
        "call-back": lambda: issues.call_back(issue, by=request.user),
        "stop": lambda: issues.pause(issue, by=request.user, why=why),
        "go-on": lambda: issues.resume(issue, by=request.user),
        "give-up": lambda: issues.cancel(issue, by=request.user, why=why),
    }
    return _try(request, uid, acts[name])


def _try(request: HttpRequest, uid: uuid.UUID, do: Any) -> HttpResponse:
    try:
        done = do()
    except issues.NotNow as problem:
        messages.error(request, str(problem))
    else:
        if done is False:
            messages.warning(request, _("It was done already, or it is too late for it."))
        else:
            messages.success(request, _("Done."))
    return redirect("bulletins:issue", uid)


# --- mail by mail


@needs("view_delivery")
@require_safe
def deliveries(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Every mail of an issue, or those in one state, with the server's words; that somebody looked is noted."""
    issue, state = issue_or_404(uid), request.GET.get("state", "")
    rows = issue.deliveries.select_related("person").prefetch_related("returned").order_by("pk")
    if state in State.__members__.values():
        rows = rows.filter(state=state)
    log_access(AccessRecord.Act.LISTED, by=request.user, detail="mails of an issue")
    context = {
        "title": f"{issue.series.wording(own_language()).name} {issue.number}",
        "subtitle": _("Mail by mail"),
        "issue": issue,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "state": state,
        "states": Delivery.States.choices,
        "query": f"state={state}" if state else "",
    }
    return render(request, "bulletins/admin/deliveries.html", context)


@needs("change_delivery")
@require_POST
def decide(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Say of a mail in doubt whether it went, or let one go again."""
    delivery: Delivery = get_object_or_404(Delivery.objects.select_related("issue"), pk=pk)
    why = request.POST.get("why", "")
    before = delivery.state
    acts = {
        "went": lambda: issues.settle(delivery, went=True, by=request.user, why=why),
        "send-again": lambda: issues.settle(delivery, went=False, by=request.user, why=why),
        "try-again": lambda: issues.try_again(delivery, by=request.user),
    }
    if not acts[name]():
        messages.warning(request, _("It was decided already."))
    return redirect(f"{reverse('bulletins:deliveries', args=[delivery.issue.uid])}?state={before}")
