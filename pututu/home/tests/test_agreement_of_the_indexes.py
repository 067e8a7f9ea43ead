"""Does the index of each database find what a plain reading of the rules finds, no more and no less?

The suite runs on SQLite and on PostgreSQL: two indexes that each agree with one reading agree with each other.
"""

from __future__ import annotations

import random

import pytest

from pututu.home.models import SearchEntry
from pututu.home.search.entries import Words
from pututu.home.search.query import Term, read_query
from pututu.home.search.words import stems
from pututu.home.services import write
from tests.factories import make_site, make_story

pytestmark = pytest.mark.django_db

TEXTS = [
    ("Human", "rights of the people", "corruption. Human rights"),
    ("Human rights", "the people", "corruption"),
    ("Corrupción en el año 2013", "año ano años", "derechos-humanos, 1e5 3.14 -7 +8 10% €12"),
    ("co-ca Coca’s O'Neill", "x@y.org http://example.org/a_b?c=d /etc/passwd", "<b>bold</b> &amp; AT&T"),
    ("½ ² ﬁ Straße İstanbul", "漢字 かな 한글 العربية", "🦙 llama Ñandú ñandu Mineria minería"),
    ("the of and", "de la los", "a"),
    ("0.5 0,5", "word_with_lines v1.2.3 2013-12-16", "a1b2 1a 12abc 1984"),
]
ODD = [
    '"',
    "*",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "-",
    ":",
    "^",
    "(",
    ")",
    "&",
    "|",
    "!",
    "<->",
    "'",
    "\\",
    "’",
    "human",
    "corrup",
    "min",
]


def texts_as_words() -> list[Words]:
    homes = make_site(("en", "es"))
    found = []
    for at, (title, standfirst, body) in enumerate(TEXTS):
        language = "es" if "ano" in standfirst or "de" in standfirst.split() else "en"
        page = make_story(homes[language], f"Story {at}")
        found.append(Words(page.pk, language, title, standfirst, body, None, None))
    return found


def is_found(term: Term, text: Words) -> bool:
    """Whether the words of ``term`` stand side by side in one of the three parts of ``text``."""
    wanted = list(term.stems(text.language))
    for part in (text.title, text.standfirst, text.body):
        row = stems(part, text.language).split()
        if any(row[at : at + len(wanted)] == wanted for at in range(len(row))):
            return True
        if term.is_open and any(word.startswith(term.beginning) for word in row):
            return True
    return False


def questions(chance: random.Random) -> list[str]:
    pieces = sorted({word for text in TEXTS for part in text for word in part.split()}) + ODD
    found = list(pieces)
    for _ in range(250):
        chosen = [chance.choice(pieces) for _ in range(chance.randint(1, 4))]
        found.append(" ".join(chosen))
        found.append('"' + " ".join(chosen) + '"')
    return found


def test_the_index_finds_what_a_plain_reading_finds() -> None:
    texts = texts_as_words()
    write([(text, "news") for text in texts])
    hits = 0
    for question in questions(random.Random(1)):
        for language in ("en", "es"):
            query = read_query(question, language)
            if not query:
                continue
            found = set(
                SearchEntry.objects.in_language(language)
                .matching(query, language)
                .values_list("pk", flat=True)
            )
            here = [text for text in texts if text.language == language]
            assert found == {
                text.page_id for text in here if all(is_found(term, text) for term in query.terms)
            }, question
            hits += len(found)
    assert hits > 300  # the control: many questions do find something
