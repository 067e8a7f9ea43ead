"""What stands in the head of a page for machines: addresses, languages, feeds, sharing, structured data?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from pututu.delivery.rendering.atom import CONTENT_TYPE as ATOM_TYPE
from pututu.delivery.rendering.feed import absolute, headline, kind_title
from pututu.delivery.rendering.json_feed import CONTENT_TYPE as JSON_TYPE
from pututu.delivery.rendering.rss import CONTENT_TYPE as RSS_TYPE
from pututu.delivery.rendering.structured import Shared, script, structured
from pututu.pages.models import BasePage
from pututu.shell.heads import Subject
from pututu.shell.pictures import IN_WORK, SHARING_FILTER
from pututu.shell.rendering import address_at

TYPES = {"atom": ATOM_TYPE, "rss": RSS_TYPE, "json": JSON_TYPE}
# OpenGraph wants a territory with each language; these are its own names where it has only one that fits.
LOCALES = {"en": "en_GB", "es": "es_LA", "fr": "fr_FR", "pt": "pt_BR", "de": "de_DE"}


def head_of(request: HttpRequest, subject: Subject) -> list[SafeString]:
    """Return the lines for ``subject``; nothing for an error page or a preview, which have no address of
    their own.
    """
    if getattr(request, "is_preview", False) or is_nothing(request, subject):
        return []
    address = canonical(request, subject)
    page = subject.page if isinstance(subject.page, BasePage) else None
    picture = sharing_picture(page, subject)
    lines = [format_html('<link rel="canonical" href="{}">', address)]
    if not is_later_page(request):
        lines += language_links(subject)
    lines += feed_links(request, subject)
    lines += open_graph(subject, page, address=address, picture=picture)
    shared = Shared(address=address, picture=picture.url if picture else "")
    return lines + [script(data) for data in structured(subject, page, shared)]


def is_nothing(request: HttpRequest, subject: Subject) -> bool:
    """Whether the address leads nowhere: to no view at all, or to the view of pages without a page."""
    match = request.resolver_match
    return match is None or (subject.page is None and match.url_name == "wagtail_serve")


def canonical(request: HttpRequest, subject: Subject) -> str:
    """The one address of what is shown: without parameters, but with the number of a later page of a list."""
    path = address_at(subject.page.url_path) if subject.page is not None else None
    suffix = f"?page={request.GET['page']}" if is_later_page(request) else ""
    return absolute(path or request.path) + suffix


def is_later_page(request: HttpRequest) -> bool:
    """Whether this is the second page of a list or a later one, which no other language has alike."""
    number = request.GET.get("page", "")
    return number.isascii() and number.isdigit() and int(number[:9]) > 1


def language_links(subject: Subject) -> list[SafeString]:
    """The counterparts of the page in each language; ``x-default`` is the one in the site's own language."""
    found = {each.code: absolute(each.url) for each in subject.frame.languages if each.url}
    if len(found) < 2:
        return []
    default = found.get(settings.LANGUAGE_CODE) or next(iter(found.values()))
    links = [*found.items(), ("x-default", default)]
    return [format_html('<link rel="alternate" hreflang="{}" href="{}">', *link) for link in links]


def feed_links(request: HttpRequest, subject: Subject) -> list[SafeString]:
    """Feeds of everything, of what the page is about if it is a topic or place, and of the kinds filed in a
    section.
    """
    group = subject.frame.group.name
    found = [alternate("feed", [form], TYPES[form], group) for form in TYPES]
    match = request.resolver_match
    if match and match.url_name in ("topic", "place") and "slug" in match.kwargs:
        slug = match.kwargs["slug"]
        found.append(alternate(f"{match.url_name}-feed", [slug, "atom"], ATOM_TYPE, f"{group}: {slug}"))
    kinds = subject.page.get_kinds() if hasattr(subject.page, "get_kinds") else ()
    found += [
        alternate("kind-feed", [kind, "atom"], ATOM_TYPE, f"{group}: {kind_title(kind)}") for kind in kinds
    ]
    if "event" in kinds:
        found.append(alternate("calendar", [], "text/calendar", gettext("Calendar of all events")))
    return [link for link in found if link]


def alternate(name: str, arguments: list[str], content_type: str, title: str) -> SafeString:
    """One feed as a link, or nothing where the site has no address of this name."""
    try:
        address = absolute(reverse(name, args=arguments))
    except NoReverseMatch:
        return SafeString("")
    return format_html('<link rel="alternate" type="{}" title="{}" href="{}">', content_type, title, address)


@dataclass(frozen=True)
class SharingPicture:
    """A picture as other sites show it beside a link."""

    url: str
    width: int
    height: int
    text: str


def sharing_picture(page: BasePage | None, subject: Subject) -> SharingPicture | None:
    """The page's own picture, else the group's, else none; a broken file is no reason to fail."""
    picture = page.picture if page and page.picture_id else subject.frame.group.share_picture
    if picture is None:
        return None
    if picture.pk in IN_WORK:
        return SharingPicture(absolute(picture.file.url), picture.width, picture.height, picture.description)
    try:
        made = picture.get_rendition(SHARING_FILTER)
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return None
    return SharingPicture(absolute(made.url), made.width, made.height, picture.description)


def title_of(subject: Subject) -> str:
    """The title of the page that is shown; a withdrawn one says so wherever it is shared."""
    if isinstance(subject.page, BasePage):
        return headline(subject.page)
    return subject.page.title if subject.page is not None else ""


def open_graph(
    subject: Subject, page: BasePage | None, *, address: str, picture: SharingPicture | None
) -> list[SafeString]:
    """What other sites show beside a link (https://ogp.me). A time of publication is given for a sure day
    only.
    """
    language = get_language() or settings.LANGUAGE_CODE
    title = subject.title or title_of(subject)
    found: list[tuple[str, Any]] = [
        ("og:site_name", subject.frame.group.name),
        ("og:type", "article" if page and page.kind != "event" else "website"),
        ("og:title", title or subject.frame.group.name),
        ("og:description", getattr(subject.page, "standfirst", "") or subject.frame.wording.strapline),
        ("og:url", address),
        ("og:locale", LOCALES.get(language, language)),
    ]
    others = [each.code for each in subject.frame.languages if each.url and each.code != language]
    found += [("og:locale:alternate", LOCALES.get(code, code)) for code in others]
    if page and page.kind != "event" and page.published.is_day:
        found.append(("article:published_time", page.published.iso()))
    if picture:
        found += [("og:image", picture.url), ("og:image:width", picture.width)]
        found += [("og:image:height", picture.height), ("og:image:alt", picture.text)]
    return [format_html('<meta property="{}" content="{}">', name, value) for name, value in found if value]
