"""What do archive, topics, places, search and the page for lost addresses answer?"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from pututu.home.rendering import archive as archives
from pututu.home.rendering import labels, results
from pututu.home.rendering.lost import in_own_words, near_addresses
from pututu.home.rules import bounds_of, words_of_address
from pututu.home.search.query import Question
from pututu.pages.models import PAGE_LENGTH, BasePage
from pututu.topics.models import Label, Place, Topic

COLUMNS = ["uid", "title", "url", "kind", "edtf", "earliest", "latest", "words", "noted_as", "noted_on"]
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def own_language() -> str:
    return translation.get_language() or settings.LANGUAGE_CODE


def addresses(name: str, *args: Any, query: str = "") -> dict[str, str]:
    """The address of the same view in each language."""
    found = {}
    for code in LANGUAGES:
        with translation.override(code):
            found[code] = reverse(name, args=args) + query
    return found


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    until = request.GET.get("until", "")
    shown = archives.overview(
        own_language(), until=int(until) if until.isascii() and until.isdigit() else None
    )
    return render(request, "home/archive.html", {"archive": shown, "alternates": addresses("archive")})


@require_safe
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    shown = archives.year_view(own_language(), year)
    if not shown.count:
        raise Http404
    context = {"archive": shown, "year": year, "alternates": _alternates_in_time("archive-year", year)}
    return render(request, "home/archive_year.html", context)


@require_safe
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    shown = archives.month_view(own_language(), year, month, number=request.GET.get("page"))
    if not shown.count:
        raise Http404
    alternates = _alternates_in_time("archive-month", year, month)
    return render(
        request, "home/archive_month.html", {"archive": shown, "year": year, "alternates": alternates}
    )


def _alternates_in_time(name: str, *args: int) -> dict[str, str]:
    """The same stretch of time in each language that holds something of it."""
    held = {code: archives.items(code).falling_in(*bounds_of(*args)).exists() for code in LANGUAGES}
    return {code: url for code, url in addresses(name, *args).items() if held[code]}


@require_safe
def undated(request: HttpRequest) -> HttpResponse:
    found = archives.items(own_language()).undated().newest_first().for_lists()
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    listings = [each.as_listing() for each in page]
    context = {"page_of_items": page, "listings": listings, "alternates": addresses("archive-undated")}
    return render(request, "home/undated.html", context)


@require_safe
def archive_csv(request: HttpRequest) -> StreamingHttpResponse:
    """All dates in this language as a table: UTF-8, one row for each public page, undated ones included."""
    language = own_language()
    response = StreamingHttpResponse(_rows(language), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="archive-{language}.csv"'
    return response


class _Line:
    """A file that hands back what is written to it, so that rows can be sent one by one."""

    def write(self, text: str) -> str:
        return text


def _rows(language: str) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for page in archives.items(language).select_related("locale").oldest_first().iterator(chunk_size=500):
        date = page.placed
        bounds = [bound.isoformat() if bound else "" for bound in (date.earliest, date.latest)]
        yield writer.writerow(
            [
                page.uid,
                page.title,
                page.full_url,
                page.kind,
                date.edtf,
                *bounds,
                date.words(language),
                *noted(page),
            ]
        )


def noted(page: BasePage) -> tuple[str, str]:
    """What the public notes on a page come to, and the day of the last one; empty where there is none."""
    return page.corrected_as, page.corrected_on.isoformat() if page.corrected_on else ""


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    context = {"lines": labels.lines(Topic, own_language()), "alternates": addresses("topics")}
    return render(request, "home/topics.html", context)


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    context = {"lines": labels.lines(Place, own_language()), "alternates": addresses("places")}
    return render(request, "home/places.html", context)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    return _label(request, get_object_or_404(Topic.objects.prefetch_related("names"), slug=slug), "topic")


@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    return _label(request, get_object_or_404(Place.objects.prefetch_related("names"), slug=slug), "place")


def _label(request: HttpRequest, label: Label, name: str) -> HttpResponse:
    language = own_language()
    tagged = labels.tagged(label, language, kind=request.GET.get("kind", ""), number=request.GET.get("page"))
    context = {
        "label": label,
        "name": label.name(language),
        "label_description": label.description(language),
        "sort": name,
        "tagged": tagged,
        "alternates": addresses(name, label.slug),
    }
    return render(request, "home/label.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    language = own_language()
    question = Question.read(request.GET, language=language, languages=LANGUAGES)
    found = results.answer(question, own_language=language)
    query = Question(text=question.text).address(own_language="") if question.text else ""
    response = render(
        request,
        "home/search.html",
        {"results": found, "question": question, "alternates": addresses("search", query=query)},
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for an address that leads nowhere, in the language of the address.

    An address in another language's words (``/es/topics/``) leads on to the same one in its own (``/es/temas/``).
    """
    language = translation.get_language_from_path(request.path_info) or own_language()
    moved = in_own_words(request.path_info, language)
    if moved and request.method in ("GET", "HEAD"):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{moved}?{query}" if query else moved)
    with translation.override(language):
        context = {
            "near": near_addresses(request.path_info, language),
            "alternates": {},
            "words": words_of_address(request.path_info),
        }
        return render(request, "404.html", context, status=404)
