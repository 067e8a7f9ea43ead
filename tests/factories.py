"""The least that a test needs: a site with sections in its languages, and pages in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils.text import slugify
from wagtail.models import Locale, Page, Site

from pututu.accounts.models import User
from pututu.events.models import EventIndexPage, EventPage
from pututu.home.models import HomePage
from pututu.pages.models import BasePage
from pututu.publishing.models import (
    BackgroundIndexPage,
    BackgroundPage,
    Correction,
    PublicationIndexPage,
    PublicationPage,
    StoryIndexPage,
    StoryPage,
)
from pututu.shell.models import SiteSettings
from pututu.topics.models import Place, Topic

SECTION_TITLES = {
    "en": ("News", "Background", "Publications"),
    "es": ("Noticias", "Contexto", "Publicaciones"),
}


def make_site(languages: tuple[str, ...] = ("en",), *, name: str = "Tibet Circle") -> dict[str, HomePage]:
    """A front page per language with three sections under each; returns the front pages by language."""
    root = Page.get_first_root_node() or Page.add_root(title="Root", locale=make_locale(languages[0]))
    homes: dict[str, HomePage] = {}
    for language in languages:
        home = HomePage(title=name, slug=f"home-{language}", locale=make_locale(language))
        if homes:
            home.translation_key = homes[languages[0]].translation_key
        homes[language] = root.add_child(instance=home)
        make_sections(home, like=homes[languages[0]])
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", port=80, root_page=homes[languages[0]], is_default_site=True)
    SiteSettings.objects.update_or_create(pk=1, defaults={"name": name})
    return homes


def make_locale(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def make_sections(home: HomePage, *, like: HomePage) -> None:
    kinds = (StoryIndexPage, BackgroundIndexPage, PublicationIndexPage)
    for kind, title in zip(kinds, SECTION_TITLES[home.locale.language_code], strict=True):
        section = kind(title=title, slug=slugify(title), locale=home.locale, show_in_menus=True)
        if home.pk != like.pk:
            section.translation_key = kind.objects.child_of(like).get().translation_key
        home.add_child(instance=section)


def section_of(home: HomePage, kind: type[Page]) -> Page:
    return kind.objects.child_of(home).first()


def make_story(home: HomePage, title: str = "A story", **fields: Any) -> StoryPage:
    return add(section_of(home, StoryIndexPage), StoryPage, title, fields)


def make_background(home: HomePage, title: str = "Our aims", **fields: Any) -> BackgroundPage:
    return add(section_of(home, BackgroundIndexPage), BackgroundPage, title, fields)


def make_publication(home: HomePage, title: str = "A report", **fields: Any) -> PublicationPage:
    return add(section_of(home, PublicationIndexPage), PublicationPage, title, fields)


def add(section: Page, kind: type[Page], title: str, fields: dict[str, Any]) -> Any:
    fields.setdefault("slug", slugify(title))
    page = kind(title=title, locale=section.locale, **fields)
    return section.add_child(instance=page)


def make_topic(slug: str = "mining", **names: str) -> Topic:
    """A topic with its names by language: ``make_topic("mining", en="Mining", es="Minería")``."""
    return _named(Topic.objects.create(slug=slug), names)


def make_place(slug: str = "puno", **names: str) -> Place:
    """A place with its names by language."""
    return _named(Place.objects.create(slug=slug), names)


def _named(label: Any, names: dict[str, str]) -> Any:
    for language, name in (names or {"en": label.slug.capitalize()}).items():
        label.names.create(language=language, name=name)
    label.save()
    return label


def make_staff(role: str = "Administrators", *, email: str = "coordinator@example.org") -> User:
    """Somebody who works on the site in a role and has set up a second factor."""
    user = User.objects.create_user(email, "twelve long words", is_superuser=role == "Administrators")
    user.groups.add(Group.objects.get(name=role))
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return user


def make_section(home: HomePage, kind: type[Page], title: str, **fields: Any) -> Any:
    """A further section under ``home``: articles, events."""
    return home.add_child(instance=kind(title=title, slug=slugify(title), locale=home.locale, **fields))


def make_article(home: HomePage, title: str = "An article", **fields: Any) -> StoryPage:
    found = StoryIndexPage.objects.child_of(home).filter(story_kind="article").first()
    section = found or make_section(home, StoryIndexPage, f"Articles {home.pk}", story_kind="article")
    return add(section, StoryPage, title, fields)


def make_event(home: HomePage, title: str = "A meeting", **fields: Any) -> EventPage:
    """An event, which must have ``starts_on``."""
    section = section_of(home, EventIndexPage) or make_section(home, EventIndexPage, f"Events {home.pk}")
    return add(section, EventPage, title, fields)


def make_many_stories(home: HomePage, number: int, *, topics: Sequence[Topic] = ()) -> list[StoryPage]:
    """Stories by the thousand, written straight into the tables: ten years, month after month, then round again."""
    section = section_of(home, StoryIndexPage)
    section.refresh_from_db()
    made = [bare_story(section, section.numchild + at) for at in range(number)]
    with transaction.atomic():
        shared = [field.attname for field in Page._meta.local_concrete_fields if field.attname != "id"]
        pages = Page.objects.bulk_create(
            Page(**{name: getattr(story, name) for name in shared}) for story in made
        )
        for story, page in zip(made, pages, strict=True):
            story.pk = story.basepage_ptr_id = story.page_ptr_id = page.pk
        insert_rows(BasePage, made)
        insert_rows(StoryPage, made)
        Page.objects.filter(pk=section.pk).update(numchild=section.numchild + number)
        tag = BasePage.topics.through
        pairs = [(page.pk, topics[at % len(topics)].pk) for at, page in enumerate(pages) if topics]
        tag.objects.bulk_create(tag(basepage_id=page, topic_id=topic) for page, topic in pairs)
    return made


def bare_story(section: Page, at: int) -> StoryPage:
    date = f"{2009 + at % 10}-{at // 10 % 12 + 1:02}-{at // 120 % 28 + 1:02}"
    return StoryPage(
        path=section._get_path(section.path, section.depth + 1, at + 1),
        depth=section.depth + 1,
        title=f"Story {at}",
        draft_title=f"Story {at}",
        slug=f"story-{at}",
        url_path=f"{section.url_path}story-{at}/",
        content_type=ContentType.objects.get_for_model(StoryPage),
        locale=section.locale,
        live=True,
        kind="news",
        published=date,
        placed=date,
    )


def insert_rows(model: type[models.Model], objects: Sequence[models.Model]) -> None:
    """Write the columns that ``model`` itself has, which Django's bulk_create refuses for a page's lower classes."""
    fields = model._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    rows = [
        [field.get_db_prep_save(field.pre_save(each, True), connection) for field in fields]
        for each in objects
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})", rows)


def correct(
    story: StoryPage, *, on: str, text: str = "Nine, not ten.", kind: str = "correction"
) -> StoryPage:
    """Add a public correction to ``story`` and save it."""
    story.corrections.add(Correction(kind=kind, on=dt.date.fromisoformat(on), text=text))
    story.save()
    return story
