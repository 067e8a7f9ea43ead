"""How does one item of the demonstration become a published page?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.utils.text import slugify

from pututu.events.models import EventPage, ProgrammeItem, Venue
from pututu.home.models import HomePage
from pututu.lib.dates import HonestDate
from pututu.media.models import DocumentFile, Picture
from pututu.operations.demonstration.body import pieces
from pututu.operations.demonstration.drawings import draw
from pututu.operations.demonstration.front import front
from pututu.operations.demonstration.papers import make_pdf
from pututu.operations.demonstration.source import Item
from pututu.pages.models import BasePage, DateEvidence, PageSource, Translation
from pututu.publishing.models import BackgroundPage, Correction, PublicationPage, StoryPage
from pututu.topics.models import Place, Topic

SECTION_MODELS = {
    "news": ("storyindexpage", StoryPage),
    "articles": ("storyindexpage", StoryPage),
    "background": ("backgroundindexpage", BackgroundPage),
    "publications": ("publicationindexpage", PublicationPage),
    "events": ("eventindexpage", EventPage),
}


class Maker:
    """Makes and publishes pages, and remembers which ones belong together."""

    def __init__(self, *, homes: dict[str, HomePage], today: dt.date, group: str) -> None:
        self.homes = homes
        self.today = today
        self.group = group
        self.pages: dict[tuple[str, str], BasePage] = {}  # by language and slug
        self.related: list[tuple[BasePage, list[str]]] = []
        self.pictures: dict[tuple[str, int], Picture] = {}
        self.topics = {topic.slug: topic for topic in Topic.objects.all()}
        self.places = {place.slug: place for place in Place.objects.all()}
        self.sections = {
            (
                language,
                child.specific.story_kind
                if child.specific_class.__name__ == "StoryIndexPage"
                else child.specific_class.__name__.lower(),
            ): child
            for language, home in homes.items()
            for child in home.get_children()
        }

    def make(self, item: Item) -> BasePage:
        """Publish ``item`` in its section, as a translation where it says so."""
        section_name, model = SECTION_MODELS[item.kind]
        key = {"news": "news", "articles": "article"}.get(item.kind, section_name)
        page = model(title=item.facts["title"], slug=item.slug, locale=self.homes[item.language].locale)
        self._fill(page, item)
        getattr(self, f"_fill_{item.kind}")(page, item)
        original = self.pages.get(("en", item.original)) if item.language != "en" else None
        if original:
            page.translation_key = original.translation_key
        self.sections[item.language, key].add_child(instance=page)
        page.save_revision().publish()
        if original:
            Translation.objects.create(
                page_id=page.pk, made_from=BasePage.objects.get(pk=original.pk).fingerprint
            )
        self.pages[item.language, item.slug] = page
        self.related.append((page, item.facts.get("related", [])))
        return page

    def _fill(self, page: Any, item: Item) -> None:
        facts = item.facts
        page.standfirst = facts.get("standfirst", "")
        page.byline = facts.get("byline", "")
        page.published = facts.get("date", "")
        page.body = pieces(item.body)
        page.topics = [self.topics[slug] for slug in facts.get("topics", [])]
        page.places = [self.places[slug] for slug in facts.get("places", [])]
        page.date_evidence = [DateEvidence(**row) for row in facts.get("evidence", [])]
        page.sources = [PageSource(**row) for row in facts.get("sources", [])]
        wanted = facts.get("picture") or {}
        page.picture = self._picture(wanted)
        page.picture_description, page.picture_caption = wanted.get("alt", ""), wanted.get("caption", "")

    def _fill_news(self, page: Any, item: Item) -> None:
        page.corrections = [
            Correction(kind=row["kind"], on=dt.date.fromisoformat(row["on"]), text=row["text"])
            for row in item.facts.get("corrections", [])
        ]

    _fill_articles = _fill_news

    def _fill_background(self, page: Any, item: Item) -> None:
        page.role = item.facts.get("section", "key-issue")
        page.reviewed = item.facts.get("reviewed", "")

    def _fill_publications(self, page: Any, item: Item) -> None:
        facts = item.facts
        page.series, page.number = facts.get("series", ""), facts.get("number", "")
        page.byline = page.byline or ", ".join(facts.get("authors", []))
        date = HonestDate.parse(facts.get("date", "")).words(item.language)
        pdf = make_pdf(
            title=page.title,
            group=self.group,
            series=f"{page.series} {page.number}".strip(),
            date=date,
            abstract=page.standfirst,
            body=item.body,
            language=item.language,
        )
        page.document = DocumentFile.objects.create(
            title=page.title, file=ContentFile(pdf, name=f"{item.slug}.pdf"), credit=self.group
        )
        page.body = []
        page.picture = None  # its cover is made from its first page
        page.picture_description = page.picture_caption = ""

    def _fill_events(self, page: Any, item: Item) -> None:
        facts = item.facts
        starts = facts.get("starts_on") or self._day(facts["starts_in_days"]).isoformat()
        page.starts_on = starts
        page.start_time, page.end_time = _time(facts.get("start_time")), _time(facts.get("end_time"))
        page.time_zone = facts.get("time_zone", "Europe/London")
        page.state, page.state_note = facts.get("state", "scheduled"), facts.get("state_note", "")
        page.published = self._announced(facts)
        page.repeats = facts.get("repeats", "")
        if "repeats_until_in_days" in facts:
            page.repeats_until = self._day(facts["repeats_until_in_days"])
        page.is_online, page.price = facts.get("online", False), facts.get("price", "")
        page.capacity = facts.get("capacity")
        page.spoken_languages = ", ".join(facts.get("languages", []))
        if "venue" in facts:
            page.venue = Venue.objects.get_or_create(name=facts["venue"]["name"], defaults=facts["venue"])[0]
        page.programme = [ProgrammeItem(at=_time(at), text=text) for at, text in facts.get("programme", [])]

    def _announced(self, facts: dict[str, Any]) -> str:
        if "announced_in_days" in facts:
            return self._day(facts["announced_in_days"]).isoformat()
        return str(facts.get("announced", ""))

    def _day(self, offset: int) -> dt.date:
        return self.today + dt.timedelta(days=offset)

    def _picture(self, wanted: dict[str, Any] | None) -> Picture | None:
        if not wanted:
            return None
        key = (wanted["drawing"], int(wanted.get("seed", 1)))
        if key not in self.pictures:
            name = slugify(f"{key[0]} {key[1]}")
            self.pictures[key] = Picture.objects.create(
                title=name,
                description=wanted["alt"],
                caption=wanted.get("caption", ""),
                credit=str(self.group),
                licence="CC BY 4.0",
                file=ContentFile(draw(*key), name=f"{name}.png"),
            )
        return self.pictures[key]

    def relate(self) -> None:
        """Add the related pages, which all exist by now, to the end of the bodies that name them."""
        for page, slugs in self.related:
            found = [
                self.pages[page.locale.language_code, slug]
                for slug in slugs
                if (page.locale.language_code, slug) in self.pages
            ]
            if found:
                page.body.append(("related", {"pages": found}))
                page.save_revision().publish()

    def arrange_fronts(self, facts: dict[str, Any]) -> None:
        """Give each language's front page its pieces."""
        for language, home in self.homes.items():
            home.front = front(facts, language, self.pages)
            home.save_revision().publish()


def _time(text: str | None) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None
