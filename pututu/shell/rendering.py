"""What stands around every page, and how does its body read as plain words?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from pututu.shell.models import SiteSettings, SiteWording, SocialLink
from pututu.shell.querysets import open_to_all
from pututu.shell.styles import stylesheet


@dataclass(frozen=True)
class Language:
    """One entry of the language switch; ``url`` is empty where this page has no counterpart."""

    code: str
    name: str
    url: str
    home_url: str
    is_current: bool
    translated_name: str = ""


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
    social_links: tuple[SocialLink, ...] = ()
    is_home: bool = False
    has_counterparts: bool = True

    @property
    def stylesheet_url(self) -> str:
        return reverse("stylesheet", args=[stylesheet(self.group.accents).digest])

    @property
    def strapline(self) -> str:
        """The line over the group's name: what it does, where, since when."""
        where = self.group.city
        if self.group.founded:
            since = _("since %(year)s") % {"year": self.group.founded}
            where = f"{where}, {since}" if where else since
        return " · ".join(filter(None, [self.wording.strapline, where]))

    @property
    def missing_languages(self) -> tuple[Language, ...]:
        """The languages in which this page does not exist, where that is a thing to say of it."""
        if not self.has_counterparts:
            return ()
        return tuple(each for each in self.languages if not each.url and not each.is_current)

    @property
    def other_languages(self) -> tuple[Language, ...]:
        """The other languages in which this page exists."""
        return tuple(each for each in self.languages if each.url and not each.is_current)

    @property
    def current_language(self) -> Language | None:
        return next((each for each in self.languages if each.is_current), None)


def frame_for(request: HttpRequest, *, page: Page | None, alternates: dict[str, str] | None = None) -> Frame:
    """Gather the frame of ``page``, or of a view that names its counterparts as ``{language: address}``."""
    language = get_language() or settings.LANGUAGE_CODE
    group, wording = group_for(request, language=language)
    around = surroundings(request, page=page)
    homes = {each.locale.language_code: each for each in around.homes}
    home = homes.get(language)
    found = alternates if alternates is not None else addresses(around.counterparts, request)
    return Frame(
        group=group,
        wording=wording,
        social_links=tuple(group.social_links.all()),
        home_url=home.get_url(request) if home else "/",
        sections=sections_under(home, among=around.sections, request=request) if home else (),
        languages=tuple(
            Language(
                code=code,
                name=get_language_info(code)["name_local"].capitalize(),
                url=found.get(code, ""),
                home_url=each.get_url(request),
                is_current=code == language,
                translated_name=language_name(code),
            )
            for code, each in homes.items()
        ),
        is_home=page is not None
        and any(page.translation_key == each.translation_key for each in around.homes),
        has_counterparts=page is not None or bool(alternates),
    )


def group_for(request: HttpRequest, *, language: str) -> tuple[SiteSettings, SiteWording]:
    """Return the group and its words in ``language``, or in another one; both come with one query."""
    rows = list(SiteWording.objects.select_related("setting"))
    if not rows:
        return SiteSettings.load(request_or_site=request), SiteWording()
    wording = next((row for row in rows if row.language == language), rows[0])
    setattr(request, SiteSettings.get_cache_attr_name(), wording.setting)
    return wording.setting, wording


def language_name(code: str) -> str:
    """The name of a language in the language in force, as it stands inside a sentence."""
    name = str(get_language_info(code)["name_translated"])
    return name if get_language() == "en" else name.lower()


@dataclass(frozen=True)
class Surroundings:
    """The published pages that a frame is made of: front pages, sections in menus, the counterparts."""

    homes: tuple[Page, ...] = ()
    sections: tuple[Page, ...] = ()
    counterparts: tuple[Page, ...] = ()


def surroundings(request: HttpRequest, *, page: Page | None) -> Surroundings:
    """Fetch them all at once; the site's own language comes first among the front pages."""
    site = Site.find_for_request(request)
    if site is None:
        return Surroundings()
    root = site.root_page
    own_key = page.translation_key if page is not None else None
    wanted = Q(translation_key=root.translation_key) | Q(depth=root.depth + 1, show_in_menus=True)
    if own_key:
        wanted |= Q(translation_key=own_key)
    found = list(open_to_all(Page.objects.filter(wanted)).select_related("locale").order_by("path"))
    homes = [each for each in found if each.translation_key == root.translation_key]
    return Surroundings(
        homes=tuple(sorted(homes, key=lambda each: each.pk != root.pk)),
        sections=tuple(each for each in found if each.depth == root.depth + 1 and each.show_in_menus),
        counterparts=tuple(each for each in found if own_key and each.translation_key == own_key),
    )


def sections_under(home: Page, *, among: Iterable[Page], request: HttpRequest) -> tuple[Section, ...]:
    """Present the sections that belong to ``home``; the one that holds the page asked for is current."""
    children = [(each, each.get_url(request) or "") for each in among if each.is_descendant_of(home)]
    return tuple(
        Section(each.title, url, bool(url) and request.path.startswith(url)) for each, url in children
    )


def addresses(pages: Iterable[Page], request: HttpRequest) -> dict[str, str]:
    """Return the address of each page by its language."""
    return {each.locale.language_code: each.get_url(request) for each in pages}


def plain_text(stream: Any) -> str:
    """Return the words of a StreamField value, block after block, without markup."""
    words: list[str] = []
    for block in stream:
        words.extend(str(piece) for piece in block.block.get_searchable_content(block.value))
    return "\n".join(strip_tags(piece) for piece in words)
