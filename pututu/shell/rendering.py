"""What stands around every page, and how does its body read as plain words?"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import strip_tags
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from pututu.pages.prepared import Given, Prepared
from pututu.pages.querysets import open_to_all
from pututu.shell.models import SiteSettings, SiteWording, SocialLink
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
        where = self.wording.city or self.group.city
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
    around = surroundings(page=page)
    homes = {each.language: each for each in around.homes}
    home = homes.get(language)
    found = (
        alternates if alternates is not None else {each.language: each.url for each in around.counterparts}
    )
    return Frame(
        group=group,
        wording=wording,
        social_links=tuple(group.social_links.all()),
        home_url=home.url if home else "/",
        sections=(
            *(sections_under(home, among=around.sections, request=request) if home else ()),
            *archive_of(request),
        ),
        languages=tuple(
            Language(
                code=code,
                name=get_language_info(code)["name_local"].capitalize(),
                url=found.get(code, ""),
                home_url=each.url,
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
    rows = wordings_for(request)
    if not rows:
        return SiteSettings.load(request_or_site=request), SiteWording()
    wording = next((row for row in rows if row.language == language), rows[0])
    setattr(request, SiteSettings.get_cache_attr_name(), wording.setting)
    return wording.setting, wording


WORDINGS = "_pututu_wordings"  # where a request keeps them


def wordings_for(request: HttpRequest) -> list[SiteWording]:
    """Return the group's words in all languages, asked for once a request."""
    kept: list[SiteWording] | None = getattr(request, WORDINGS, None)
    if kept is None:
        kept = list(SiteWording.objects.select_related("setting"))
        setattr(request, WORDINGS, kept)
    return kept


def language_name(code: str) -> str:
    """The name of a language in the language in force, as it stands inside a sentence."""
    name = str(get_language_info(code)["name_translated"])
    return name if get_language() == "en" else name.lower()


@dataclass(frozen=True)
class Node:
    """A public page as a frame names it; ``path`` is its place in the tree."""

    path: str
    title: str
    url: str
    language: str
    translation_key: uuid.UUID


@dataclass(frozen=True)
class Surroundings:
    """The published pages that a frame is made of: front pages, sections in menus, the counterparts."""

    homes: tuple[Node, ...] = ()
    sections: tuple[Node, ...] = ()
    counterparts: tuple[Node, ...] = ()


SECTION_DEPTH = 3  # the root, a front page, its sections
NODE = ("path", "title", "url_path", "locale__language_code", "translation_key", "depth", "show_in_menus")


def surroundings(*, page: Page | None) -> Surroundings:
    """Fetch them all with one query, as plain values; the site's own language comes first among the front pages."""
    roots = Site.get_site_root_paths()
    home_paths = {root.root_path for root in roots}
    own_key = page.translation_key if page is not None else None
    homes, sections, counterparts = [], [], []
    for path, title, url_path, language, key, depth, in_menu in NEARBY.ask(key=own_key):
        node = Node(path, title, address_at(url_path, roots=roots), language, key)
        homes += [node] if url_path in home_paths else []
        sections += [node] if depth == SECTION_DEPTH and in_menu else []
        counterparts += [node] if key == own_key else []
    return Surroundings(tuple(homes), tuple(sections), tuple(counterparts))


def pages_nearby() -> models.QuerySet[Page, Any]:
    """The published pages at the top of the tree and the counterparts of one page, as a prepared question."""
    at_top = Q(depth=SECTION_DEPTH - 1) | Q(depth=SECTION_DEPTH, show_in_menus=True)
    counterparts = Q(translation_key=Given("key", models.UUIDField()))
    return open_to_all(Page.objects.filter(at_top | counterparts)).order_by("path").values_list(*NODE)


NEARBY = Prepared(pages_nearby)


def address_at(url_path: str, *, roots: Iterable[Any] | None = None) -> str:
    """The address of the page at ``url_path`` in the tree, without asking for the page: its language, then its path.

    ``config.urls`` mounts pages so. "" for a page that lies under no site. Who asks for many may give the sites'
    ``roots`` at once.
    """
    for root in Site.get_site_root_paths() if roots is None else roots:
        if url_path.startswith(root.root_path):
            return f"/{root.language_code}/{url_path.removeprefix(root.root_path)}"
    return ""


def sections_under(home: Node, *, among: Iterable[Node], request: HttpRequest) -> tuple[Section, ...]:
    """Present the sections that belong to ``home``; the one that holds the page asked for is current."""
    return tuple(
        Section(each.title, each.url, request.path.startswith(each.url))
        for each in among
        if each.path.startswith(home.path)
    )


def archive_of(request: HttpRequest) -> tuple[Section, ...]:
    """Present the archive, which a higher app may offer, as the last of the sections."""
    url = offered_url("archive")
    return (Section(_("Archive"), url, request.path.startswith(url)),) if url else ()


def offered_url(name: str, *arguments: Any) -> str:
    """The address of a view that a higher app may offer, or nothing where it does not."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def plain_text(stream: Any) -> str:
    """Return the words of a StreamField value, block after block, without markup."""
    words: list[str] = []
    for block in stream:
        words.extend(str(piece) for piece in block.block.get_searchable_content(block.value))
    return "\n".join(strip_tags(piece) for piece in words)
