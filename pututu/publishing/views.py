"""What does publishing answer beside its pages: ways to cite a page, and all corrections on one page?"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.text import get_valid_filename
from django.views.decorators.http import require_safe
from wagtail.models import Page

from pututu.pages.models import BasePage, tags
from pututu.pages.querysets import open_to_all
from pututu.publishing.models import Correction, StoryPage
from pututu.publishing.particulars import citation_of, corrections_of
from pututu.publishing.rules import Citation, bibtex, csl, plain_citation, ris

CORRECTIONS_A_PAGE = 20
CITATION_TYPES = {
    "ris": "application/x-research-info-systems",
    "bib": "application/x-bibtex",
    "txt": "text/plain",
}
CITATION_WRITERS = {"ris": ris, "bib": bibtex, "txt": plain_citation}


@require_safe
def citation_view(request: HttpRequest, path: str, form: str) -> HttpResponse:
    """Answer the citation of the page at ``path`` as a file in the format that ``form`` names."""
    page = page_at(request, path)
    topics = tags(page.topics.all(), page.locale.language_code)
    corrections = corrections_of(page, request)
    citation = citation_of(page, request, topics=topics, corrections=corrections)
    response = citation_file(citation, form=form)
    name = get_valid_filename(f"{page.slug}.{form}")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def citation_file(citation: Citation, *, form: str) -> HttpResponse:
    if form == "json":
        return JsonResponse(
            [csl(citation)],
            safe=False,
            json_dumps_params={"ensure_ascii": False, "indent": 2},
            content_type="application/vnd.citationstyles.csl+json",
        )
    text = CITATION_WRITERS[form](citation)
    return HttpResponse(text, content_type=f"{CITATION_TYPES[form]}; charset=utf-8")


def page_at(request: HttpRequest, path: str) -> BasePage:
    """Return the public content page at ``path``, or raise Http404."""
    found = Page.route_for_request(request, path)
    if found is None or not isinstance(found.page, BasePage) or found.page.get_view_restrictions():
        raise Http404
    return found.page


@require_safe
def corrections_view(request: HttpRequest) -> HttpResponse:
    """Print every correction, update and retraction in the language in force, newest first."""
    stories = open_to_all(StoryPage.objects.in_language(translation.get_language() or settings.LANGUAGE_CODE))
    found = Correction.objects.filter(story__in=stories).select_related("story__locale")
    page = Paginator(found.order_by("-on", "-pk"), CORRECTIONS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "paginated": page,
        "notes": [(note, note.story.get_url(request)) for note in page],
        "alternates": alternates("corrections"),
    }
    return render(request, "publishing/corrections.html", context)


def alternates(name: str) -> dict[str, str]:
    """Return the address of view ``name`` in each language."""
    found: dict[str, Any] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = reverse(name)
    return found
