"""How many times a second is a story made, from its address to its bytes, on one core and without caching?

Run ``python -m bench.article [rounds]``: a temporary SQLite database gets a story with picture, topics, places, sources
and evidence among 300 others, in a group with its words in two languages and two links. Its whole request, compressed
as browsers ask for it, is answered again and again by the WSGI application itself, in one process. The reference in the
same run is a bare Wagtail page: the same address found by Wagtail's own routing, printed by a template with its title
and body alone. Both are counted in CPU time, so that other work weighs little.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

BATCH = 50
AIM = 100


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DJANGO_SETTINGS_MODULE="pututu.config.settings", PUTUTU_DATA=folder)
        os.environ["PUTUTU_BASE_URL"] = "http://testserver"
        import django

        django.setup()
        address = prepare()
        measure(address, rounds)


def prepare() -> str:
    from django.core.management import call_command

    from pututu.shell.models import SiteWording, SocialLink
    from tests.factories import make_many_stories, make_place, make_site, make_topic
    from tests.pictures import make_picture

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    home = make_site(("en", "es"))["en"]
    for language in ("en", "es"):
        SiteWording.objects.create(setting_id=1, language=language, strapline="News of the plateau")
    for name in ("Fediverse", "Video"):
        SocialLink.objects.create(setting_id=1, label=name, url=f"https://{name.lower()}.example/group")
    topics = [make_topic(slug) for slug in ("mining", "water", "rights")]
    places = [make_place(slug) for slug in ("puno", "cusco")]
    make_many_stories(home, 300, topics=topics)
    return str(story(home, topics, places, make_picture()).url)


def story(home: object, topics: list[object], places: list[object], picture: object) -> object:
    from pututu.pages.models import DateEvidence, PageSource
    from tests.factories import make_story

    words = "<p>" + "The council heard the people of the valley about the water and the mine. " * 6 + "</p>"
    page = make_story(
        home, "A story", standfirst="What happened, and to whom.", published="2013-09-24/2013-09-30"
    )
    page.body = [
        ("text", words * 4),
        ("quote", {"text": "Water is life.", "speaker": "", "language": ""}),
        ("text", words),
    ]
    page.topics, page.places, page.picture = topics, places, picture
    page.date_evidence = [
        DateEvidence(statement="The text says so.", source="The old list") for _row in range(2)
    ]
    page.sources = [PageSource(text=f"A newspaper, {year}") for year in (2011, 2012, 2013)]
    page.save_revision().publish()
    return page


def measure(address: str, rounds: int) -> None:
    from django.template import engines
    from django.test import RequestFactory
    from wagtail.models import Page

    from pututu.config.wsgi import application

    bare = engines["django"].from_string("<h1>{{ page.title }}</h1>{{ page.body }}")

    def whole() -> None:
        answers: list[str] = []
        environ = RequestFactory().get(address, headers={"Accept-Encoding": "gzip"}).environ
        response = application(environ, lambda status, headers: answers.append(status))
        assert b"".join(response)
        assert answers == ["200 OK"]
        response.close()

    def reference() -> None:
        found = Page.route_for_request(RequestFactory().get(address), address.removeprefix("/en/"))
        assert bare.render({"page": found.page})

    ours, theirs = (per_second(work, rounds) for work in (whole, reference))
    print(f"story, whole request: {ours:.0f} a second of CPU time (aim: {AIM})")
    print(f"bare Wagtail page:    {theirs:.0f} a second of CPU time")
    print(f"ratio:                {ours / theirs:.2f}")


def per_second(work: Callable[[], None], rounds: int) -> float:
    """Return the median of ``rounds`` batches, in runs per second of CPU time."""
    for _warming in range(10):
        work()
    found = []
    for _round in range(rounds):
        began = time.process_time()
        for _run in range(BATCH):
            work()
        found.append(BATCH / (time.process_time() - began))
    return statistics.median(found)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
