"""How long does a search take among 10,000 stories?

Run ``python -m bench.search [number]``: a temporary SQLite database (or the one that DATABASE_URL names) gets that many
entries in two languages; ten questions are asked thirty times each, page of results, filters and all, and the plain
``LIKE`` scan that an index replaces is timed in the same run, so that a slow machine shows on both sides.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

QUESTIONS = [
    ("mining", "en"),
    ("minería", "es"),
    ("human rights", "en"),
    ('"human rights"', "en"),
    ("derechos humanos", "es"),
    ("the water of the valley", "en"),
    ("corrup", "en"),
    ("congreso elecciones", "es"),
    ("2013", "en"),
    ("extractives index", "en"),
]
ENGLISH = """
water land people government law court congress president mine mining river town police protest rights human valley
report week year company state index minister elections corruption coca the of and in to a
"""
SPANISH = """
agua tierra pueblo gobierno ley tribunal congreso presidente mina minería río ciudad policía protesta derechos humanos
valle informe semana empresa estado ministro elecciones corrupción coca el de y en la
"""
COMMON = {"en": ENGLISH.split(), "es": SPANISH.split()}
ROUNDS = 30


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pututu.config.settings")
        os.environ["PUTUTU_DATA"] = folder
        import django

        django.setup()
        prepare(number)
        measure(number)


def prepare(number: int) -> None:
    from django.core.management import call_command

    from pututu.home.search.entries import Words
    from pututu.home.services import write
    from tests.factories import make_many_stories, make_site, make_topic

    call_command("migrate", verbosity=0)
    homes = make_site(("en", "es"))
    topics = [
        make_topic(slug, en=slug, es=slug) for slug in ("mining", "coca", "rights", "elections", "water")
    ]
    chance = random.Random(1)
    for language, home in homes.items():
        pages = make_many_stories(home, number // 2, topics=topics)
        rows = [(words(page, language, chance, Words), "news") for page in pages]
        for start in range(0, len(rows), 200):
            write(rows[start : start + 200])


def words(page, language, chance, kind):
    """A story of about 300 words, the common ones often, some thousands of others rarely."""

    def text(length: int) -> str:
        return " ".join(
            chance.choice(COMMON[language])
            if chance.random() < 0.3
            else f"w{int(chance.paretovariate(0.6)) % 9000}"
            for _ in range(length)
        )

    return kind(page.pk, language, text(8), text(25), text(270), page.placed_earliest, page.placed_latest)


def measure(number: int) -> None:
    from django.db import connection

    from pututu.home.rendering.results import answer
    from pututu.home.search.query import Question

    print(f"{number} stories, {connection.vendor}, in milliseconds. answer: all of it, filters counted;")
    print(
        "cpu: what this process spent on it; index: only the keys that match; LIKE: the same by a full scan."
    )
    print(f"{'question':26}{'hits':>6}{'answer':>9}{'p95':>8}{'cpu':>8}{'index':>8}{'LIKE':>8}{'ratio':>7}")
    slowest = 0.0
    for text, language in QUESTIONS:
        question = Question(text=text, language=language)
        middle, late, spent = timed(answer, question, own_language=language)
        index, scan = timed(keys, text, language)[0], timed(like, text, language)[0]
        hits = answer(question, own_language=language).total
        times = f"{middle:9.1f}{late:8.1f}{spent:8.1f}{index:8.2f}{scan:8.2f}{scan / index:7.1f}"
        print(f"{text:26}{hits:6}{times}")
        slowest = max(slowest, middle)
    print(f"slowest median of an answer: {slowest:.1f} ms (aim: 50)")


def keys(text: str, language: str) -> list[int]:
    """What the index finds, without order, passages and filters."""
    from pututu.home.models import SearchEntry
    from pututu.home.search.query import read_query

    found = SearchEntry.objects.in_language(language).matching(read_query(text, language), language)
    return list(found.values_list("pk", flat=True))


def like(text: str, language: str) -> list[int]:
    """What search without an index would do: look through every text, for one word after the other."""
    from pututu.home.models import SearchEntry

    found = SearchEntry.objects.filter(language=language)
    for word in text.replace('"', "").split():
        found = found.filter(text__icontains=word)
    return list(found.values_list("pk", flat=True))


def timed(act: Callable[..., object], *args: object, **options: object) -> tuple[float, float, float]:
    """Return median and 95th percentile of thirty runs, and the median of the processor's time, in ms."""
    times, spent = [], []
    for _ in range(ROUNDS):
        start, start_spent = time.perf_counter(), time.process_time()
        act(*args, **options)
        times.append((time.perf_counter() - start) * 1000)
        spent.append((time.process_time() - start_spent) * 1000)
    return statistics.median(times), sorted(times)[int(len(times) * 0.95)], statistics.median(spent)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
