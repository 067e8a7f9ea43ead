"""How many pages a second does the whole chain read and judge, beside two libraries that do a part of it?"""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable
from typing import Any

import htmldate
import trafilatura

from pututu.rescue.capture import Capture
from pututu.rescue.dating.claims import claims_of
from pututu.rescue.dating.verdict import judge
from pututu.rescue.reading import read_page
from pututu.rescue.reading.decoding import decode_page
from pututu.rescue.tests.old_pages import TEMPLATES, TITLES, WORDS, Page


def generated(count: int) -> list[Capture]:
    """Pages of the size of old ones: ten to thirty sentences in four ways of building a page."""
    chance = random.Random(5)
    made = []
    for number in range(count):
        language = chance.choice(("en", "es"))
        page = Page(
            chance.choice(sorted(TEMPLATES)),
            language,
            chance.choice(TITLES[language]),
            dt.date(2013, 1, 1) + dt.timedelta(days=number),
            tuple(chance.choices(WORDS[language], k=chance.randint(10, 30))),
            has_json_ld=chance.random() < 0.3,
            comments="<p>Rosa says:</p><p>3 March 2019</p>",
            footer="<p>© 2019</p>",
            address=f"http://andes.example/article-{number}.html",
        )
        made.append(page.capture())
    return made


def print_speed(captures: list[Capture], called: str) -> None:
    texts = [decode_page(capture.content) for capture in captures]
    print(
        f"{len(captures)} {called}, {sum(map(len, texts)) // len(texts)} characters each; pages a second of one core:"
    )
    ours = paced(lambda capture: judge(claims_of(read_page(capture)), capture.address), captures)
    body = paced(lambda text: trafilatura.extract(text, fast=True, output_format="html"), texts)
    date = paced(dated_alone, texts)
    print(f"  the whole chain {ours:.0f}; trafilatura's text alone {body:.0f}; htmldate alone {date:.0f}")


def dated_alone(text: str) -> str | None:
    try:
        return htmldate.find_date(text, original_date=True)
    except (ValueError, RecursionError):
        return None


def paced(work: Callable[..., object], given: list[Any]) -> float:
    work(given[0])
    began = time.process_time()
    for each in given:
        work(each)
    return len(given) / (time.process_time() - began)
