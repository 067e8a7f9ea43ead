"""Which stories stand where in which language?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from wagtail.models import Locale

from pututu.pages.models import BasePage, DeclinedTranslation, Translation
from pututu.pages.querysets import BasePageQuerySet
from pututu.pages.rules import Standing, standing


@dataclass(frozen=True)
class Cell:
    """A story in one language: its standing, and the page in that language if there is one."""

    language: str
    standing: Standing
    page: BasePage | None


@dataclass(frozen=True)
class Row:
    """A story and its cells, one for each language of the site."""

    original: BasePage
    cells: tuple[Cell, ...]


def originals() -> BasePageQuerySet:
    """The public pages that are not made from another page."""
    return BasePage.objects.live().filter(translation__isnull=True).select_related("locale")


def waiting(locales: Iterable[Locale]) -> BasePageQuerySet:
    """The originals that lack a counterpart in some language, or have one that is out of date."""
    wanted = Q()
    for locale in locales:
        family = BasePage.objects.filter(translation_key=OuterRef("translation_key"), locale=locale)
        declined = DeclinedTranslation.objects.filter(page=OuterRef("pk"), language=locale.language_code)
        stale = Translation.objects.filter(
            page__translation_key=OuterRef("translation_key"), page__locale=locale
        ).exclude(made_from=OuterRef("fingerprint"))
        wanted |= Q(~Q(locale=locale) & Q(~Exists(family)) & Q(~Exists(declined))) | Q(Exists(stale))
    return originals().filter(wanted)


def rows(pages: Iterable[BasePage], locales: Iterable[Locale]) -> list[Row]:
    """Judge ``pages`` in every language, in three queries whatever their number."""
    pages, locales = list(pages), list(locales)
    keys = [page.translation_key for page in pages]
    family = BasePage.objects.filter(translation_key__in=keys).select_related("locale", "translation")
    by_place = {(page.translation_key, page.locale.language_code): page for page in family}
    declined = set(DeclinedTranslation.objects.filter(page__in=pages).values_list("page_id", "language"))
    return [
        Row(page, tuple(_cell(page, locale.language_code, by_place, declined) for locale in locales))
        for page in pages
    ]


def _cell(
    original: BasePage,
    language: str,
    by_place: dict[tuple[object, str], BasePage],
    declined: set[tuple[int, str]],
) -> Cell:
    if original.locale.language_code == language:
        return Cell(language, Standing.ORIGINAL, original)
    page = by_place.get((original.translation_key, language))
    judged = standing(
        fingerprint=original.fingerprint,
        exists=page is not None,
        made_from=page.translation.made_from if page and hasattr(page, "translation") else None,
        is_declined=(original.pk, language) in declined,
    )
    return Cell(language, judged, page)
