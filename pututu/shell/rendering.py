"""What stands around every page, and how does its body read as plain words?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page, Site

from pututu.shell.models import SiteSettings, SiteWording


@dataclass(frozen=True)
class Language:
    """One entry of the language switch; ``url`` is empty where this page has no counterpart."""

    code: str
    name: str
    url: str
    home_url: str
    is_current: bool


@dataclass(frozen=True)
class Section:
    """One entry of the main navigation."""

    title: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Frame:
    """Everything around the text of a page."""

    group: SiteSettings
    wording: SiteWording
    home_url: str
    sections: tuple[Section, ...]
    languages: tuple[Language, ...]


def frame_for(request: HttpRequest, *, page: Page | None, alternates: dict[str, str] | None = None) -> Frame:
    """Gather the frame of ``page``, or of a view that names its own counterparts as ``{language: address}``."""
    language = get_language() or settings.LANGUAGE_CODE
    group = SiteSettings.load(request_or_site=request)
    homes = live_homes(request)
    home = homes.get(language)
    found = alternates if alternates is not None else counterparts(page)
    return Frame(
        group=group,
        wording=group.wording(language),
        home_url=home.url if home else "/",
        sections=sections_under(home, path=request.path) if home else (),
        languages=tuple(
            Language(code, get_language_info(code)["name_local"].capitalize(), found.get(code, ""), each.url, code == language)
            for code, each in homes.items()
        ),
    )


def live_homes(request: HttpRequest) -> dict[str, Page]:
    """Return the published front page of each language, the site's own language first."""
    site = Site.find_for_request(request)
    if site is None:
        return {}
    root = site.root_page
    pages = Page.objects.live().filter(translation_key=root.translation_key).select_related("locale")
    return {page.locale.language_code: page for page in sorted(pages, key=lambda page: page.pk != root.pk)}


def sections_under(home: Page, *, path: str) -> tuple[Section, ...]:
    children = home.get_children().live().public().in_menu()
    return tuple(Section(child.title, child.url, path.startswith(child.url)) for child in children)


def counterparts(page: Page | None) -> dict[str, str]:
    """Return the address of ``page`` in each language in which it is public."""
    if page is None or page.pk is None:
        return {}
    found = Page.objects.live().filter(translation_key=page.translation_key).select_related("locale")
    return {each.locale.language_code: each.url for each in found}


def plain_text(stream: Any) -> str:
    """Return the words of a StreamField value, block after block, without markup."""
    words: list[str] = []
    for block in stream:
        words.extend(str(piece) for piece in block.block.get_searchable_content(block.value))
    return "\n".join(strip_tags(piece) for piece in words)
