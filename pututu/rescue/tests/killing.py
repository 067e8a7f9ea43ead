"""What becomes of an old site whose bringing across is killed again and again?

Run as a program: it makes a database of its own and an old site of so many pages that link one another. It brings that
across in a process that it kills with SIGKILL at random moments until it was killed as often as asked, lets one more
run finish, and prints what it found as JSON. Whenever all is done the old site says something new: there is work again.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

PAGE = (
    "<html lang=en><head><title>Story {number}</title></head><body><main><h1>Story {number}</h1>"
    '<p>Number {number}, told for the time {turn}.</p><p>Number {number} leads <a href="story-{next}.html">on</a>.</p>'
    '<img src="p{picture}.png" alt="A dam">'
    "</main></body></html>"
)


def write_site(folder: Path, *, pages: int, turn: int) -> None:
    from pututu.rescue.tests.old_items import a_picture

    site = folder / "mirror" / "old.example"
    site.mkdir(parents=True, exist_ok=True)
    for number in range(pages):
        said = PAGE.format(number=number, turn=turn, next=(number + 1) % pages, picture=number // 2)
        (site / f"story-{number}.html").write_text(said)
    for number in range(pages // 2):
        if not (site / f"p{number}.png").exists():
            (site / f"p{number}.png").write_bytes(a_picture())


def work(folder: Path) -> Counter[str]:
    from pututu.rescue.bringing import applying, running

    applying.BATCH = 10
    section = running.section_named("news")
    outcome = running.Outcome()
    into = applying.Into(section=section, is_published=True)
    for _done in running.bring(running.Source((folder / "mirror",)), into, outcome=outcome):
        pass
    return outcome.acts


def life(folder: Path, *, seconds: float) -> bool:
    """One run in a process of its own; True where it was killed before it was done."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work(folder)
            os._exit(0)
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
    until = time.monotonic() + seconds
    done, status = os.waitpid(child, os.WNOHANG)
    while not done and time.monotonic() < until:
        time.sleep(0.001)
        done, status = os.waitpid(child, os.WNOHANG)
    if not done:
        os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("The run failed by itself.")
    return os.WIFSIGNALED(status)


def look(folder: Path, *, pages: int, turn: int) -> dict[str, Any]:
    """What is true after a last run that nobody killed, and what one more changes."""
    from pututu.media.models import Picture
    from pututu.publishing.models import StoryPage
    from pututu.rescue.bringing.keeping import folder as originals
    from pututu.rescue.models import OldAddress, RescuedItem

    work(folder)
    again = work(folder)
    stories = list(StoryPage.objects.all())
    texts = [str(story.body.get_prep_value()) for story in stories]
    return {
        "pages": len(stories),
        "titles": len({story.title for story in stories}),
        "public": sum(story.live for story in stories),
        "up_to_date": sum(f"time {turn}." in text for text in texts),
        "linked": sum('linktype="page"' in text for text in texts),
        "pictures": Picture.objects.count(),
        "known": RescuedItem.objects.filter(page__isnull=False).count(),
        "leading_nowhere": OldAddress.objects.filter(
            path__startswith="/story", item__page__isnull=True
        ).count(),
        "half": len(list(originals().rglob(".half-*"))),
        "again": {name: number for name, number in again.items() if name in ("create", "change")},
    }


def play(folder: Path, *, pages: int, kills: int, seed: int) -> dict[str, Any]:
    from django.core.management import call_command

    from tests.factories import make_site

    call_command("migrate", verbosity=0)
    make_site()
    chance, turn, killed = random.Random(seed), 1, 0
    write_site(folder, pages=pages, turn=turn)
    while killed < kills:
        if life(folder, seconds=chance.uniform(0.0, 0.1 * pages)):
            killed += 1
        elif killed < kills:
            turn += 1
            write_site(folder, pages=pages, turn=turn)
    return {"kills": killed, "turns": turn, **look(folder, pages=pages, turn=turn)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pututu.config.settings")
    import django

    django.setup()
    found = play(options.folder, pages=options.pages, kills=options.kills, seed=options.seed)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
