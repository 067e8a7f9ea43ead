"""What is in a feed, whichever format it is asked for in?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from pututu.delivery.querysets import latest_news, public_pages
from pututu.delivery.rules import Category, Feed, Item, clean, noon, published_at
from pututu.lib.dates import HonestDate
from pututu.pages.listing import Listing, Tag
from pututu.pages.models import BasePage
from pututu.pages.querysets import BasePageQuerySet
from pututu.shell.announced import Announced, announced_in
from pututu.shell.models import SiteSettings

FEED_LENGTH = 50
FORMATS = ("atom", "rss", "json")
KIND_TITLES: dict[str, Promise] = {
    "news": _("News"),
    "article": _("Articles"),
    "event": _("Events"),
    "publication": _("Publications"),
    "background": _("Background"),
    "bulletin": _("Bulletins"),
}


@dataclass(frozen=True)
class Choice:
    """What a reader chose to follow in ``language``: one topic, one place, one kind, or everything."""

    language: str
    topic: Tag | None = None
    place: Tag | None = None
    kind: str = ""

    @property
    def title(self) -> str:
        label = self.topic or self.place
        return label.name if label else kind_title(self.kind) if self.kind else ""

    def pages(self) -> BasePageQuerySet:
        found = public_pages(self.language)
        if self.kind:
            found = found.of_kind(self.kind)
        return found.about(
            topic=self.topic.slug if self.topic else "", place=self.place.slug if self.place else ""
        )

    def path(self, form: str) -> str:
        """The address of this choice as ``form``, under its language."""
        with override(self.language):
            for name, slug in (
                ("topic-feed", self.topic and self.topic.slug),
                ("place-feed", self.place and self.place.slug),
                ("kind-feed", self.kind),
            ):
                if slug:
                    return reverse(name, args=[slug, form])
            return reverse("feed", args=[form])


def kind_title(kind: str) -> str:
    """The word for many of a kind."""
    return str(KIND_TITLES.get(kind) or capfirst(kind))


def absolute(path: str) -> str:
    return urljoin(settings.BASE_URL, path)


def front_page_address(request: HttpRequest) -> str:
    """The front page in the language in force, or the root of the site where there is none."""
    site = Site.find_for_request(request)
    home = site.root_page.localized if site else None
    return (home.get_url(request) if home else None) or "/"


def make_feed(choice: Choice, *, group: SiteSettings, home_url: str) -> Feed:
    """Gather the newest items of ``choice``. Without any the feed counts as changed on the day of asking."""
    pages = latest_news(choice.pages().for_lists())[:FEED_LENGTH]
    told = [each for each in announced_in(choice.language) if each.kind == choice.kind][:FEED_LENGTH]
    items = (
        *(item_of(page, zone=group.time_zone, author=group.name) for page in pages),
        *(item_of_announced(each, choice.language, author=group.name) for each in told),
    )
    return Feed(
        title=clean(" · ".join(filter(None, [group.name, choice.title]))),
        subtitle=clean(group.wording(choice.language).strapline),
        language=choice.language,
        author=clean(group.name),
        home_url=absolute(home_url),
        addresses={form: absolute(choice.path(form)) for form in FORMATS},
        updated=max((item.updated for item in items), default=day_of_asking()),
        items=items,
    )


def item_of(page: BasePage, *, zone: str, author: str) -> Item:
    """Present ``page``, fetched by ``for_lists``, as an item by ``author`` unless it bears another name."""
    listing = page.as_listing()
    published = published_at(listing.published, first_public_at=page.first_published_at, zone=zone)
    return Item(
        uid=listing.uid,
        url=absolute(listing.url),
        title=clean(headline(listing)),
        summary=clean(summary(listing, is_day_sure=published is not None)),
        language=listing.language,
        updated=changed_at(page, published),
        published=published,
        date=listing.published,
        author=clean(listing.byline or author),
        categories=categories(listing),
    )


def item_of_announced(found: Announced, language: str, *, author: str) -> Item:
    """Present what is no page, such as an issue of a bulletin; it became public at a known moment."""
    at = found.at.astimezone(dt.UTC)
    return Item(
        uid=found.uid,
        url=absolute(found.paths[language]),
        title=clean(found.title),
        summary=clean(found.summary),
        language=language,
        updated=at,
        published=at,
        date=HonestDate.parse(timezone.localdate(found.at).isoformat()),
        author=clean(author),
    )


def changed_at(page: BasePage, published: dt.datetime | None) -> dt.datetime:
    """Return the instant (UTC) of the last change to the item on this site, which Atom demands."""
    known = [page.last_published_at or page.latest_revision_created_at or published]
    known.append(noon(page.corrected_on) if page.corrected_on and not page.last_published_at else None)
    return max(filter(None, known), default=day_of_asking())


def day_of_asking() -> dt.datetime:
    """Return the beginning of today (UTC), for what nobody ever published: the same answer all day, so that who
    has the feed is not sent it again.
    """
    return dt.datetime.combine(timezone.now().astimezone(dt.UTC).date(), dt.time.min, dt.UTC)


def summary(listing: Listing, *, is_day_sure: bool) -> str:
    """Return the standfirst, led by what the feed's own fields can't say: an event's day, or a date that is
    no sure day.
    """
    words = listing.date.words(listing.language) if listing.is_event or not is_day_sure else ""
    if listing.is_event:
        words = gettext("Held: %(date)s") % {"date": words}
    parts = [f"{capfirst(words)}." if words else "", listing.standfirst, change_of(listing)]
    return " ".join(part for part in parts if part)


def headline(item: Listing | BasePage) -> str:
    """Return the title, after the word that it was withdrawn if it was."""
    return f"{gettext('Retracted:')} {item.title}" if item.is_retracted else item.title


def change_of(listing: Listing) -> str:
    """Say that the item was corrected, updated or withdrawn, and when; "" if it never was."""
    if listing.corrected_on is None:
        return ""
    day = HonestDate.parse(listing.corrected_on.isoformat()).words(listing.language)
    if listing.is_retracted:
        return gettext("Retracted: the page says why.")
    if listing.corrected_as == "update":
        return gettext("Updated on %(day)s.") % {"day": day}
    return gettext("Corrected on %(day)s.") % {"day": day}


def categories(listing: Listing) -> tuple[Category, ...]:
    """Topics, places and kind; the scheme of each is the page that lists them."""
    topics = [Category(tag.slug, clean(tag.name), absolute(parent_of(tag.url))) for tag in listing.topics]
    places = [Category(tag.slug, clean(tag.name), absolute(parent_of(tag.url))) for tag in listing.places]
    kind = Category(listing.kind, kind_title(listing.kind), absolute(reverse("feeds")))
    return (*topics, *places, kind)


def parent_of(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[0] + "/"
