"""How does a reader ask for bulletins?

Nobody who sends the form has any rights by it, so it carries no token and sets no cookie. Whatever is known of an
address, the answer is the same, and so is the work that it takes: nobody is looked up before it is given.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from pututu.bulletins.forms import SubscribeForm
from pututu.bulletins.models import Issue, Series
from pututu.bulletins.services.limits import ASKED_FOR_ONE_ADDRESS, ASKED_FROM_ONE_PLACE
from pututu.bulletins.services.subscribing import Request, take_in
from pututu.people.rules import fold_address
from pututu.people.services.limits import may_try
from pututu.people.views.visitors import TOO_MANY, alternates, own_language, place_of, see_other

LATEST = 3


def offered() -> list[Series]:
    """The series that everybody may ask for; what members must be told is not asked for."""
    rows = Series.objects.filter(is_offered=True).exclude(purpose=Series.Purpose.MEMBERSHIP)
    return list(rows.prefetch_related("wordings"))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def bulletins_page(request: HttpRequest) -> HttpResponse:
    """What can be had, its latest issues, and the form; ``?topic=slug`` chooses a topic beforehand."""
    series = offered()
    if request.method != "POST":
        return _form(request, SubscribeForm(series=series, initial=_beforehand(request, series)), series)
    form = SubscribeForm(request.POST, series=series)
    if form.is_by_a_program:
        return see_other(reverse("bulletins"))
    if not form.is_valid():
        return _form(request, form, series, status=422)
    now = timezone.now()
    if not may_try(ASKED_FROM_ONE_PLACE, place_of(request), at=now) or not may_try(
        ASKED_FOR_ONE_ADDRESS, fold_address(form.cleaned_data["email"]), at=now
    ):
        page = {"alternates": alternates("bulletins")}
        return render(request, "people/too_often.html", page, status=TOO_MANY)
    take_in(_request_of(form))
    return see_other(reverse("bulletins-asked"))


def _beforehand(request: HttpRequest, series: list[Series]) -> dict[str, list[str]]:
    topic = request.GET.get("topic", "")
    return {
        "series": [each.slug for each in series] if len(series) == 1 else [],
        "languages": [own_language()],
        "topics": [topic] if topic else [],
    }


def _request_of(form: SubscribeForm) -> Request:
    said = form.cleaned_data
    return Request(
        key=said["key"],
        name=" ".join(said["name"].split()),
        email=said["email"],
        series=form.chosen,
        languages=tuple(said["languages"]),
        topics=tuple(said["topics"]),
        language=own_language(),
        page=reverse("bulletins"),
    )


def _form(
    request: HttpRequest, form: SubscribeForm, series: list[Series], *, status: int = 200
) -> HttpResponse:
    language = own_language()
    context = {
        "form": form,
        "key": form.data.get("key") or uuid.uuid4(),
        "series": [(each, each.wording(language), _latest(each, language)) for each in series],
        "chosen": {name: form[name].value() or [] for name in ("series", "languages", "topics")},
        "languages": settings.LANGUAGES,
        "alternates": alternates("bulletins"),
    }
    return never_cache(render)(request, "bulletins/subscribe.html", context, status=status)


def _latest(series: Series, language: str) -> list[tuple[Issue, str, dt.date]]:
    """The last issues that can be read in a language, with their subjects and days."""
    sent = Issue.objects.sent_to_readers().filter(series=series, editions__language=language)
    rows = sent.prefetch_related("editions").order_by("-number")[:LATEST]
    return [
        (
            issue,
            next(each.subject for each in issue.editions.all() if each.language == language),
            timezone.localdate(issue.frozen_at),
        )
        for issue in rows
    ]


@require_safe
def asked_page(request: HttpRequest) -> HttpResponse:
    """Say that a letter is on its way; whether it is, depends on what is not told here."""
    return render(request, "bulletins/asked.html", {"alternates": alternates("bulletins-asked")})
