"""What can everybody read of an issue that was sent? What its readers got, and nothing of any reader."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from pututu.bulletins.models import Issue
from pututu.bulletins.rendering.editions import editions_of


@require_safe
def issue_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One issue in the language of the address."""
    sent = Issue.objects.sent_to_readers().select_related("series")
    issue = get_object_or_404(sent, series__slug=slug, number=number)
    language = translation.get_language() or "en"
    editions = editions_of(issue)
    if language not in editions:
        raise Http404
    others = Issue.objects.sent_to_readers().filter(series=issue.series, editions__language=language)
    context = {
        "issue": issue,
        "day": timezone.localdate(issue.frozen_at),
        "before": others.filter(number__lt=number).order_by("-number").first(),
        "after": others.filter(number__gt=number).order_by("number").first(),
        "series": issue.series.wording(language),
        "edition": editions[language],
        "alternates": {code: _in(code, issue) for code in editions},
    }
    return render(request, "bulletins/issue.html", context)


def _in(language: str, issue: Issue) -> str:
    with translation.override(language):
        return reverse("bulletin-issue", args=[issue.series.slug, issue.number])
