"""How is the search index kept in line with the pages?"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction

from pututu.home.models import SearchEntry, SearchWord
from pututu.home.search.engine import engine
from pututu.home.search.entries import Words
from pututu.home.search.words import LONGEST_WORD, WORD, composed, flat, is_stop_word
from pututu.pages.models import BasePage
from pututu.pages.querysets import BasePageQuerySet

BATCH = 100
SHORTEST_SUGGESTION = 4
COLUMNS = ["language", "kind", "earliest", "latest", "text"]


def index(pages: BasePageQuerySet) -> int:
    """Put those of ``pages`` that the public may read into the index, take the others out; count the former.

    Safe to repeat. One short transaction for each hundred pages.
    """
    kept = 0
    keys = iter(pages.order_by("pk").values_list("pk", flat=True))
    while batch := list(islice(keys, BATCH)):
        kept += _index_batch(batch)
    return kept


def index_with_translations(translation_key: uuid.UUID) -> int:
    """Bring the page of this key and its counterparts in the other languages up to date in the index."""
    return index(BasePage.objects.filter(translation_key=translation_key))


def remove(page_ids: Iterable[int]) -> None:
    """Take pages out of the index, also those that are no longer in the database."""
    gone = list(page_ids)
    with transaction.atomic():
        SearchEntry.objects.filter(pk__in=gone).delete()
        engine().forget(gone)


def rebuild() -> int:
    """Make the index anew from the pages; return how many are in it."""
    with transaction.atomic():
        engine().clear()
        SearchEntry.objects.all().delete()
        SearchWord.objects.all().delete()
    return index(BasePage.objects.all())


def _index_batch(keys: list[int]) -> int:
    public = BasePage.objects.filter(pk__in=keys).live().public().select_related("locale").specific()
    found = [words_of(page) for page in public]
    with transaction.atomic():
        remove(set(keys) - {words.page_id for words in found})
        write(zip(found, [page.kind for page in public], strict=True))
    return len(found)


def write(pages: Iterable[tuple[Words, str]]) -> None:
    """Write the words and the kind of each page into the index, in place of what stood there for it."""
    rows = list(pages)
    entries = [_entry(words, kind) for words, kind in rows]
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["page"], update_fields=COLUMNS, batch_size=BATCH
    )
    engine().store([words.indexed() for words, _kind in rows])
    SearchWord.objects.bulk_create(
        _suggestible([words for words, _kind in rows]), ignore_conflicts=True, batch_size=500
    )


def words_of(page: BasePage) -> Words:
    """Return what a (specific) page says, as search needs it."""
    return Words(
        page_id=page.pk,
        language=page.locale.language_code,
        title=composed(page.title),
        standfirst=composed(page.standfirst),
        byline=composed(page.byline),
        body=composed(page.body_text()),
        earliest=page.placed_earliest,
        latest=page.placed_latest,
    )


def _entry(words: Words, kind: str) -> SearchEntry:
    text = "\n".join(filter(None, [words.standfirst, words.body])).replace("\x00", " ")
    return SearchEntry(
        page_id=words.page_id,
        language=words.language,
        kind=kind,
        earliest=words.earliest,
        latest=words.latest,
        text=text,
    )


def _suggestible(pages: list[Words]) -> list[SearchWord]:
    found = {(page.language, word) for page in pages for word in _telling_words(page)}
    return [SearchWord(language=language, word=word, flat=flat(word)) for language, word in sorted(found)]


def _telling_words(page: Words) -> Iterator[str]:
    for word in WORD.findall(f"{page.title} {page.standfirst}".lower()):
        if SHORTEST_SUGGESTION <= len(word) <= LONGEST_WORD and not is_stop_word(flat(word), page.language):
            yield word
