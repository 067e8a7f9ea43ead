"""How does the coordinator write an issue, look at it and try it out?"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pututu.bulletins.forms import Candidate, EditionForm, ItemsForm, UntranslatedForm
from pututu.bulletins.models import Issue, Series
from pututu.bulletins.providers import channel
from pututu.bulletins.providers.contract import NobodyKnows, Unreachable
from pututu.bulletins.services import drafts
from pututu.bulletins.services.figures import figures_of
from pututu.bulletins.services.issues import KINDS, NotNow, new_issue, proposed_for, write_issue
from pututu.bulletins.views.access import needs
from pututu.pages.models import BasePage
from pututu.people.views.visitors import own_language

FOUND_AT_MOST = 20


def issue_or_404(uid: uuid.UUID) -> Issue:
    return get_object_or_404(Issue.objects.select_related("series", "made_by", "approved_by"), uid=uid)


@needs("view_issue")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Each series with its issues, the newest first."""
    series = [
        (each, each.wording(own_language()), each.issues.order_by("-number")[:12])
        for each in Series.objects.prefetch_related("wordings")
    ]
    return render(request, "bulletins/admin/index.html", {"title": _("Bulletins"), "series": series})


@needs("view_issue")
@require_safe
def series_view(request: HttpRequest, slug: str) -> HttpResponse:
    """One series: its audience and what became of its mails over time, and all its issues."""
    series = get_object_or_404(Series.objects.prefetch_related("wordings"), slug=slug)
    context = {
        "title": series.wording(own_language()).name,
        "figures": list(figures_of(series)),
        "issues": series.issues.order_by("-number"),
    }
    return render(request, "bulletins/admin/series.html", context)


@needs("add_issue")
@require_POST
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin the next issue, or go on with the one that is being written."""
    return redirect("bulletins:write", new_issue(get_object_or_404(Series, slug=slug), by=request.user).uid)


@needs("change_issue")
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The words of each edition and the pages in order."""
    issue = issue_or_404(uid)
    if issue.state != Issue.State.DRAFT:
        return redirect("bulletins:issue", uid)
    data = request.POST or None
    words = [EditionForm(data, edition=edition) for edition in issue.editions.all()]
    items = ItemsForm(data, candidates=candidates(issue, request.GET.get("q", "")))
    rule = UntranslatedForm(data, initial={"untranslated": issue.untranslated})
    if request.method == "POST" and all(form.is_valid() for form in (*words, items, rule)):
        return _saved(request, issue, words, items, rule)
    context = {
        "title": f"{issue.series.wording(own_language()).name} {issue.number}",
        "issue": issue,
        "words": [(form, language_of(form.language)) for form in words],
        "items": items,
        "rule": rule,
        "q": request.GET.get("q", ""),
    }
    return render(request, "bulletins/admin/write.html", context)


def _saved(
    request: HttpRequest,
    issue: Issue,
    words: list[EditionForm],
    items: ItemsForm,
    rule: UntranslatedForm,
) -> HttpResponse:
    try:
        write_issue(
            issue,
            editions={form.language: form.cleaned_data for form in words},
            pages=items.pages(),
            for_all=items.for_all(),
            untranslated=rule.cleaned_data["untranslated"],
        )
    except NotNow as problem:
        messages.error(request, str(problem))
        return redirect("bulletins:issue", issue.uid)
    messages.success(request, _("Saved."))
    return redirect("bulletins:write" if "stay" in request.POST else "bulletins:issue", issue.uid)


def candidates(issue: Issue, words: str) -> list[Candidate]:
    """The pages of an issue in order, then those that are proposed, then those that were looked for."""
    placed = [
        Candidate(item.page, number, item.is_for_all)
        for number, item in enumerate(issue.items.select_related("page__locale"), 1)
    ]
    known = {each.page.translation_key for each in placed}
    others = proposed_for(issue.series, today=timezone.localdate())
    if words.strip():
        found = BasePage.objects.public().filter(kind__in=KINDS, title__icontains=words.strip())
        others = [*others, *found.select_related("locale").newest_first()[:FOUND_AT_MOST]]
    for page in others:
        if page.translation_key not in known:
            known.add(page.translation_key)
            placed.append(Candidate(page))
    return placed


def language_of(code: str) -> str:
    return str(get_language_info(code)["name_translated"])


@needs("view_issue")
@require_safe
def preview(request: HttpRequest, uid: uuid.UUID, language: str) -> HttpResponse:
    """An edition as readers get it: on a wide and on a narrow screen, in the dark, and as plain text."""
    issue = issue_or_404(uid)
    get_object_or_404(issue.editions, language=language)
    mail = drafts.mail_as_for(issue, language, topics_of(request), to=own_address(request))
    context: dict[str, Any] = {
        "title": mail.subject,
        "subtitle": language_of(language),
        "issue": issue,
        "mail": mail,
        "alone": f"{reverse('bulletins:mail-alone', args=[uid, language])}?{request.GET.urlencode()}",
        "headers": [("From", str(mail.sender)), ("To", str(mail.to)), *mail.headers],
    }
    return render(request, "bulletins/admin/preview.html", context)


@needs("view_issue")
@require_safe
def mail_alone(request: HttpRequest, uid: uuid.UUID, language: str) -> HttpResponse:
    """The mail's page alone, for the frames of the preview; ``dark`` shows it as in the dark."""
    issue = issue_or_404(uid)
    get_object_or_404(issue.editions, language=language)
    page = drafts.mail_as_for(issue, language, topics_of(request), to=own_address(request)).html
    return HttpResponse(in_the_dark(page) if "dark" in request.GET else page)


def in_the_dark(page: str) -> str:
    """A mail as it looks to whoever keeps their screen dark."""
    return page.replace("prefers-color-scheme: dark", "min-width: 1px")


def own_address(request: HttpRequest) -> str:
    return str(getattr(request.user, "email", ""))


def topics_of(request: HttpRequest) -> tuple[str, ...]:
    return tuple(sorted(set(request.GET.getlist("topic"))))


@needs("change_issue")
@require_POST
def test_mail(request: HttpRequest, uid: uuid.UUID, language: str) -> HttpResponse:
    """Send the edition to whoever asks, as a test."""
    issue = issue_or_404(uid)
    get_object_or_404(issue.editions, language=language)
    try:
        answer = drafts.send_test(channel(), issue, language, to=own_address(request))
    except (Unreachable, NobodyKnows, ValueError) as problem:
        messages.error(request, str(problem))
    else:
        said = {"address": own_address(request), "code": answer.code, "words": answer.words}
        tell = messages.success if answer.is_accepted else messages.error
        tell(request, _("A test to %(address)s was answered: %(code)s %(words)s") % said)
    return redirect("bulletins:issue", uid)
