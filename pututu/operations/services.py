"""How does an empty installation become a group's site?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from pututu.events.models import EventIndexPage
from pututu.home.models import HomePage
from pututu.publishing.models import BackgroundIndexPage, PublicationIndexPage, StoryIndexPage
from pututu.shell.models import SiteSettings, SiteWording


class AlreadyFounded(Exception):
    """The installation has a site already; founding another one over it would lose it."""


@dataclass(frozen=True)
class Group:
    """What a group says of itself when it begins; what is in words goes by language."""

    name: str
    languages: tuple[str, ...]
    straplines: dict[str, str]
    descriptions: dict[str, str]
    legal_forms: dict[str, str]
    particulars: dict[str, Any]
    cities: dict[str, str] = field(default_factory=dict)
    social_links: tuple[tuple[str, str], ...] = ()


@transaction.atomic(durable=False)
def found_site(group: Group, *, host: str, port: int) -> dict[str, HomePage]:
    """Make the site with its empty sections in each language; return the front page of each.

    The first language is the site's own. Raises AlreadyFounded when there is a site.
    """
    if HomePage.objects.exists():
        raise AlreadyFounded("This installation has a site already.")
    locales = [Locale.objects.get_or_create(language_code=language)[0] for language in group.languages]
    Page.objects.filter(depth=2).delete()  # Wagtail's welcome page
    Locale.objects.exclude(pk__in=[locale.pk for locale in locales]).delete()
    _describe(group)
    homes = _make_homes(group, locales)
    Site.objects.all().delete()
    Site.objects.create(
        hostname=host,
        port=port,
        site_name=group.name,
        root_page=homes[group.languages[0]],
        is_default_site=True,
    )
    return homes


def _describe(group: Group) -> None:
    row = SiteSettings.load()
    for name, value in {"name": group.name, **group.particulars}.items():
        setattr(row, name, value)
    row.wordings = [
        SiteWording(
            language=language,
            strapline=group.straplines.get(language, ""),
            city=group.cities.get(language, ""),
            description=group.descriptions.get(language, ""),
            legal_form=group.legal_forms.get(language, ""),
        )
        for language in group.languages
    ]
    row.social_links = [row.social_links.model(label=label, url=url) for label, url in group.social_links]
    row.full_clean()
    row.save()


def _make_homes(group: Group, locales: list[Locale]) -> dict[str, HomePage]:
    """Make the trees side by side; pages that answer each other share a translation key."""
    root = Page.get_first_root_node()
    homes: dict[str, HomePage] = {}
    keys: dict[str, Any] = {}
    for locale in locales:
        with translation.override(locale.language_code):
            home = HomePage(title=group.name, slug=f"home-{locale.language_code}", locale=locale)
            _share_key(home, "home", keys)
            root.add_child(instance=home)
            for role, section in sections():
                section.slug = slugify(section.title)
                section.locale = locale
                section.show_in_menus = True
                _share_key(section, role, keys)
                home.add_child(instance=section)
            homes[locale.language_code] = home
    return homes


def sections() -> list[tuple[str, Page]]:
    """The sections that every group begins with, titled in the language in force."""
    return [
        ("news", StoryIndexPage(title=_("News"), story_kind=StoryIndexPage.StoryKind.NEWS)),
        ("articles", StoryIndexPage(title=_("Articles"), story_kind=StoryIndexPage.StoryKind.ARTICLE)),
        ("events", EventIndexPage(title=_("Events"))),
        ("publications", PublicationIndexPage(title=_("Publications"))),
        ("background", BackgroundIndexPage(title=_("Background"))),
    ]


def _share_key(page: Page, role: str, keys: dict[str, Any]) -> None:
    page.translation_key = keys.setdefault(role, page.translation_key)


def default_languages() -> tuple[str, ...]:
    """The languages that the interface speaks, and so the ones a group can choose from."""
    return tuple(code for code, _name in settings.LANGUAGES)
