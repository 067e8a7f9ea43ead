"""What becomes of an old site whose bringing across is killed again and again?

Run as a program: it makes a database of its own and an old site of so many pages that link one another. It brings that
across in a process that it kills with SIGKILL, every other time at any moment, else within each phase in turn, until it
was killed as often as asked; then it lets one more run finish and prints what it found as JSON. Whenever all is done
the old site says something new: there is work again. ``--by-command`` kills the command that people call.
"""

from __future__ import annotations

import argparse
import json
import mmap
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

PAGE = (
    "<html lang=en><head><title>Story {number}</title></head><body><main><h1>Story {number}</h1>"
    '<p>Number {number}, told for the time {turn}.</p><p>Number {number} leads <a href="story-{next}.html">on</a>.</p>'
    '<img src="p{picture}.png" alt="A dam">'
    "</main></body></html>"
)
PHASES = ("elsewhere", "originals", "reading", "joining", "files", "pages", "linking", "settling")
COMMAND = "from pututu.config.cli import main; main()"


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


class Told:
    """One byte that a child writes and its parent reads: in which phase the child is."""

    def __init__(self) -> None:
        self._byte = mmap.mmap(-1, 1)

    @property
    def phase(self) -> str:
        return PHASES[self._byte[0]]

    def clear(self) -> None:
        self._byte[0] = 0

    def within(self, phase: str, act: Callable[..., Any]) -> Callable[..., Any]:
        """The same act, which says where it is while it is done."""

        def done(*given: Any, **named: Any) -> Any:
            before, self._byte[0] = self._byte[0], PHASES.index(phase)
            try:
                return act(*given, **named)
            finally:
                self._byte[0] = before

        return done

    def watch_all(self) -> None:
        from pututu.rescue.bringing import applying, keeping, running
        from pututu.rescue.dating import site

        places = [
            (keeping, "_kept", "originals"),
            (site, "read_page", "reading"),
            (site, "put_item", "joining"),
            (applying, "decide_batch", "joining"),
            (applying, "_keep_files", "files"),
            (applying, "_do", "pages"),
            (running, "link_pages", "linking"),
            (running, "settle_the_rest", "settling"),
        ]
        for module, name, phase in places:
            setattr(module, name, self.within(phase, getattr(module, name)))


def work(folder: Path) -> Counter[str]:
    from pututu.rescue.bringing import applying, running

    applying.BATCH = 10
    section = running.section_named("news")
    outcome = running.Outcome()
    into = applying.Into(section=section, is_published=True)
    for _done in running.bring(running.Source((folder / "mirror",)), into, outcome=outcome):
        pass
    return outcome.acts


def begun(folder: Path) -> int:
    """Let a child bring the site across; its number."""
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
    return child


def life(folder: Path, told: Told, *, is_time: Callable[[], bool]) -> str:
    """One run in a process of its own, killed when it is time; in which phase it died, "" where it was done before."""
    told.clear()
    child = begun(folder)
    done, status = os.waitpid(child, os.WNOHANG)
    while not done and not is_time():
        time.sleep(0.0005)
        done, status = os.waitpid(child, os.WNOHANG)
    if not done:
        os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("The run failed by itself.")
    return told.phase if os.WIFSIGNALED(status) else ""


def at_any_moment(chance: random.Random, whole: float) -> Callable[[], bool]:
    until = time.monotonic() + chance.uniform(0.0, whole)
    return lambda: time.monotonic() > until


def within(phase: str, told: Told, chance: random.Random) -> Callable[[], bool]:
    """At one of the first moments at which a child is seen in a phase."""
    left = [chance.randrange(12)]

    def is_time() -> bool:
        left[0] -= told.phase == phase
        return left[0] < 0

    return is_time


def life_of_command(folder: Path, *, seconds: float) -> str:
    """One run of the command, killed with all its group; which of its stages was over, "" where all were."""
    words = ["rescue", str(folder / "mirror"), "--into", "/news/", "--publish"]
    with (
        (folder / "said.txt").open("w+") as said,
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", COMMAND, *words],
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
        ) as process,
    ):
        try:
            if process.wait(seconds):
                raise RuntimeError((folder / "said.txt").read_text()[-2000:])
            return ""
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        over = [line.split(":")[0] for line in (folder / "said.txt").read_text().splitlines()]
        return f"after {over[-1]}" if over else "before anything was over"


def look(folder: Path, *, pages: int, turn: int) -> dict[str, Any]:
    """What is true after a last run that nobody killed, and what one more changes."""
    from django.conf import settings

    from pututu.media.models import Picture
    from pututu.publishing.models import StoryPage
    from pututu.rescue.bringing.keeping import folder as originals
    from pututu.rescue.models import OldAddress, RescuedItem

    half = list(originals().rglob(".half*/*"))
    for each in half:
        os.utime(each, (0, 0))  # what a death left lies there for long now
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
        "picture_files": len(list((Path(settings.MEDIA_ROOT) / "original_images").iterdir())),
        "known": RescuedItem.objects.filter(page__isnull=False).count(),
        "leading_nowhere": OldAddress.objects.filter(
            path__startswith="/story", item__page__isnull=True
        ).count(),
        "left_half_by_deaths": len(half),
        "half": len(list(originals().rglob(".half*/*"))),
        "in_temporary_folder": len(list((folder / "tmp").iterdir())),
        "again": {name: number for name, number in again.items() if name in ("create", "change")},
    }


def play(folder: Path, *, pages: int, kills: int, seed: int, by_command: bool) -> dict[str, Any]:
    from django.core.management import call_command

    from tests.factories import make_site

    call_command("migrate", verbosity=0)
    make_site()
    (folder / "prepared").touch()
    chance, turn, deaths, told = random.Random(seed), 0, Counter[str](), Told()
    if not by_command:
        told.watch_all()
    whole = 0.0
    while deaths.total() < kills:
        turn += 1
        write_site(folder, pages=pages, turn=turn)
        began, died = time.monotonic(), "yes"
        while died and deaths.total() < kills:
            number = deaths.total()
            if by_command:
                died = life_of_command(folder, seconds=chance.uniform(2.0, 5.0 + 0.05 * pages))
            elif number % 2 or not whole:
                died = life(folder, told, is_time=at_any_moment(chance, whole or 0.2 * pages))
            else:
                phase = PHASES[1 + number // 2 % (len(PHASES) - 1)]
                died = life(folder, told, is_time=within(phase, told, chance))
            deaths.update([died] if died else [])
        whole = whole or time.monotonic() - began
    return {
        "kills": deaths.total(),
        "deaths": dict(deaths),
        "turns": turn,
        **look(folder, pages=pages, turn=turn),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--by-command", action="store_true")
    options = parser.parse_args()
    (options.folder / "tmp").mkdir(exist_ok=True)
    os.environ["TMPDIR"] = str(options.folder / "tmp")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pututu.config.settings")
    import django

    django.setup()
    found = play(
        options.folder,
        pages=options.pages,
        kills=options.kills,
        seed=options.seed,
        by_command=options.by_command,
    )
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
