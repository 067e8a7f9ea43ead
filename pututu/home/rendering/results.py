"""What does search answer: hits with their passages, ways to narrow them, and what else to try?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from django.conf import settings
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info

from pututu.home.models import SearchEntry, SearchWord
from pututu.home.querysets import SearchEntryQuerySet, Year
from pututu.home.rules import bounds_of, count_by_year
from pututu.home.search.query import Query, Question, read_query
from pututu.home.search.snippets import Finder
from pututu.home.search.words import flat, stems
from pututu.pages.listing import Listing
from pututu.pages.models import PAGE_LENGTH, BasePage, tags
from pututu.shell.rendering import language_name
from pututu.topics.models import Label, Place, Topic

MOST_OPTIONS = 8
MOST_CANDIDATES = 2000
MOST_SUGGESTIONS = 3


@dataclass(frozen=True)
class Hit:
    """One result: the item, its title and a passage with the words marked, the years it may fall in."""

    item: Listing
    title: SafeString
    snippet: SafeString
    maybe_years: tuple[int, ...]


@dataclass(frozen=True)
class Option:
    """One way to narrow the results; ``name`` is empty for "everything"."""

    code: str
    name: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class Suggestion:
    """Something else to try: a word, the language it is in, or the name of a topic or place."""

    text: str
    url: str
    language: str = ""
    language_name: str = ""


@dataclass(frozen=True)
class Tally:
    """How many matching entries have this language, this kind and these years."""

    language: str
    kind: str
    first: int | None
    last: int | None
    n: int

    @property
    def is_dated(self) -> bool:
        return self.first is not None and self.last is not None

    @property
    def span(self) -> tuple[int, int, int]:
        return self.first or 0, self.last or 0, self.n

    def judged(self, question: Question) -> dict[str, bool]:
        """Whether the entries pass each filter of ``question`` that they can be judged by."""
        first, last, _n = self.span
        in_year = question.year is None or (self.is_dated and first <= question.year <= last)
        return {
            "language": question.language in ("", self.language),
            "kind": question.kind in ("", self.kind),
            "year": not self.is_dated if question.is_undated else in_year,
        }


@dataclass(frozen=True)
class Results:
    """Everything that a page of results prints."""

    question: Question
    total: int = 0
    hits: tuple[Hit, ...] = ()
    page: PaginatorPage[int] | None = None
    kinds: tuple[Option, ...] = ()
    topics: tuple[Option, ...] = ()
    places: tuple[Option, ...] = ()
    years: tuple[Option, ...] = ()
    languages: tuple[Option, ...] = ()
    near_words: tuple[Suggestion, ...] = ()
    elsewhere: tuple[Suggestion, ...] = ()
    labels: tuple[Suggestion, ...] = ()
    address: str = ""
    other_order: str = ""
    any_year: str = ""
    any_topic: str = ""
    any_place: str = ""
    any_language: str = ""
    everything: str = ""
    is_asked: bool = False

    @property
    def may_be_narrowed(self) -> bool:
        """Whether there is anything to choose between: results, or a filter to take off again."""
        return (
            self.total > 0 or self.question.is_narrowed or bool(self.any_language and len(self.languages) > 1)
        )


def answer(question: Question, *, own_language: str) -> Results:
    """Return what search finds for ``question`` on a page in ``own_language``; any question has an answer."""
    query = read_query(question.text, question.language or own_language)
    if not query and not question.is_narrowed:
        return Results(question=question)
    return _Search(question, query, own_language).results()


class _Search:
    """One question on its way to an answer."""

    def __init__(self, question: Question, query: Query, own_language: str) -> None:
        self.question, self.query, self.own_language = question, query, own_language
        self.all_languages = tuple(code for code, _name in settings.LANGUAGES)
        self.stemmed_in = (question.language,) if question.language else self.all_languages
        self.topics: dict[int, Label] = {label.pk: label for label in Topic.objects.prefetch_related("names")}
        self.places: dict[int, Label] = {label.pk: label for label in Place.objects.prefetch_related("names")}

        self.tallies = list(self.count())

    def count(self) -> Iterator[Tally]:
        """Count what matches by language, kind and years, in one query whatever the question's filters."""
        about = SearchEntry.objects.about(topic=self.question.topic, place=self.question.place)
        found = about.matching(self.query, *self.all_languages)
        spread = found.annotate(first=Year("earliest"), last=Year("latest")).order_by()
        for row in spread.values_list("language", "kind", "first", "last").annotate(n=Count("pk")):
            yield Tally(*row)

    def passing(self, *, but: str = "") -> Iterator[Tally]:
        """The tallies that pass every filter of the question, but for the one named."""
        for tally in self.tallies:
            if all(name == but or passes for name, passes in tally.judged(self.question).items()):
                yield tally

    def results(self) -> Results:
        question = self.question
        total = sum(tally.n for tally in self.passing())
        page = self.page(total)
        languages = tuple(self.language_options())
        return Results(
            question=question,
            total=total,
            hits=tuple(self.hits(page)),
            page=page,
            kinds=tuple(self.kind_options()),
            topics=tuple(self.label_options("topic", self.topics)),
            places=tuple(self.label_options("place", self.places)),
            years=tuple(self.year_options()),
            languages=languages,
            near_words=tuple(self.near_words()) if not total else (),
            elsewhere=tuple(self.elsewhere(languages)),
            labels=tuple(self.labels()),
            address=self.url(question) + "&",
            other_order=self.url(question.but(is_by_date=not question.is_by_date)),
            **self.wider(),
        )

    def wider(self) -> dict[str, Any]:
        """The addresses that take a filter off again; empty where there is none to take off."""
        question = self.question
        return {
            "any_year": self.url(question.but(year=None, is_undated=False)),
            "any_topic": self.url(question.but(topic="")) if question.topic else "",
            "any_place": self.url(question.but(place="")) if question.place else "",
            "any_language": self.url(question.but(language="")) if question.language else "",
            "everything": self.url(Question(text=question.text)),
            "is_asked": True,
        }

    def matching(self, *, but: str = "") -> SearchEntryQuerySet:
        return SearchEntry.objects.narrowed(self.question, but=but).matching(self.query, *self.stemmed_in)

    def page(self, total: int) -> PaginatorPage[int]:
        narrowed = SearchEntry.objects.narrowed(self.question)
        if self.question.is_by_date:
            ordered = narrowed.matching(self.query, *self.stemmed_in).newest_first()
        else:
            ordered = narrowed.ranked(self.query, *self.stemmed_in)
        # The keys alone: to sort every text that matches, for the sake of twenty, takes as long as to find them.
        paginator = Paginator(ordered.values_list("pk", flat=True), PAGE_LENGTH)
        paginator.count = total  # it is counted already
        found: PaginatorPage[Any] = paginator.get_page(self.question.page)
        return found

    def hits(self, page: PaginatorPage[int]) -> Iterator[Hit]:
        entries = list(SearchEntry.objects.in_order(page))
        keys = [entry.page_id for entry in entries]
        found = BasePage.objects.filter(pk__in=keys).live().public().select_related("locale", "picture")
        topics = self.topics_of(keys)
        listings = {each.pk: self.listing(each, topics[each.pk]) for each in found}
        finders = {code: Finder(self.query, code) for code in {entry.language for entry in entries}}
        for entry in entries:
            if item := listings.get(entry.page_id):
                yield self.hit(item, entry, finders[entry.language])

    def topics_of(self, keys: Sequence[int]) -> defaultdict[int, list[Label]]:
        """The topics of each page. They are all at hand already: only which belongs to which is asked."""
        found: defaultdict[int, list[Label]] = defaultdict(list)
        pairs = BasePage.topics.through.objects.filter(basepage_id__in=keys)
        for page, topic in pairs.values_list("basepage_id", "topic_id"):
            if topic in self.topics:
                found[page].append(self.topics[topic])
        return found

    def listing(self, page: BasePage, topics: list[Label]) -> Listing:
        """Present a page with its topics; a list of hits shows no places."""
        language = page.locale.language_code
        return replace(page.as_listing(is_tagged=False), topics=tags(topics, language))

    def hit(self, item: Listing, entry: SearchEntry, finder: Finder) -> Hit:
        years = tuple(year for year in self.query.years if _may_only_fall_in(item, year))
        snippet = finder.snippet(entry.text) or finder.marked(item.standfirst)
        # Finder escapes everything but the marks.
        return Hit(item, mark_safe(finder.marked(item.title)), mark_safe(snippet), years)

    def url(self, question: Question) -> str:
        return question.address(own_language=self.own_language)

    def option(self, dimension: str, value: str, name: str, count: int) -> Option:
        is_current = getattr(self.question, dimension) == value
        return Option(value, name, count, self.url(self.question.but(**{dimension: value})), is_current)

    def kind_options(self) -> Iterator[Option]:
        counts = _summed((tally.kind, tally.n) for tally in self.passing(but="kind"))
        yield self.option("kind", "", "", sum(counts.values()))
        for kind in sorted(counts):
            yield self.option("kind", kind, kind, counts[kind])

    def label_options(self, dimension: str, labels: dict[int, Label]) -> Iterator[Option]:
        rows = self.label_counts(dimension) if labels else ()
        best = sorted(((key, count) for key, count in rows if key in labels), key=lambda row: -row[1])
        current = getattr(self.question, dimension)
        shown = [row for at, row in enumerate(best) if at < MOST_OPTIONS or labels[row[0]].slug == current]
        for key, count in shown:
            yield self.option(dimension, labels[key].slug, labels[key].name(self.own_language), count)

    def label_counts(self, dimension: str) -> Iterable[tuple[int, int]]:
        """How many matching pages each topic or place has, counted in the table that joins the two."""
        join = {"topic": BasePage.topics, "place": BasePage.places}[dimension].through
        found = join.objects.filter(basepage_id__in=self.matching(but=dimension).order_by().values("pk"))
        rows: Iterable[tuple[int, int]] = found.values_list(f"{dimension}_id").annotate(n=Count("pk"))
        return rows

    def year_options(self) -> Iterator[Option]:
        rows = list(self.passing(but="year"))
        years = count_by_year(tally.span for tally in rows if tally.is_dated)
        shown = [year for at, year in enumerate(years) if at < 2 * MOST_OPTIONS or year == self.question.year]
        for year in shown:
            url = self.url(self.question.but(year=year, is_undated=False))
            yield Option(str(year), str(year), years[year], url, self.question.year == year)
        undated = sum(tally.n for tally in rows if not tally.is_dated)
        if undated:
            url = self.url(self.question.but(year=None, is_undated=True))
            yield Option("none", "", undated, url, self.question.is_undated)

    def language_options(self) -> Iterator[Option]:
        counts = _summed((tally.language, tally.n) for tally in self.passing(but="language"))
        for code in self.all_languages:
            if code in counts:
                yield self.option(
                    "language", code, get_language_info(code)["name_local"].capitalize(), counts[code]
                )

    def near_words(self) -> Iterator[Suggestion]:
        """Words of titles that look like the ones that were asked for, and that would find something."""
        language = self.question.language or self.own_language
        for term in self.query.terms[:MOST_SUGGESTIONS]:
            for word in _words_like(term.words[0], language):
                query = read_query(word, language)
                if SearchEntry.objects.in_language(language).matching(query, language).exists():
                    yield Suggestion(word, self.url(Question(text=word, language=language)))

    def elsewhere(self, languages: Sequence[Option]) -> Iterator[Suggestion]:
        """The same question in the other languages, where it finds something."""
        for option in languages:
            if not option.is_current and self.question.language:
                yield Suggestion(self.question.text, option.url, option.code, language_name(option.code))

    def labels(self) -> Iterator[Suggestion]:
        """Topics and places of the name that was asked for, and their names in other languages."""
        for label in [*self.topics.values(), *self.places.values()]:
            if not any(_is_named(name.name, self.question.text, name.language) for name in label.names.all()):
                continue
            yield Suggestion(label.name(self.own_language), label.get_absolute_url())
            yield from self.translated(label)

    def translated(self, label: Label) -> Iterator[Suggestion]:
        for name in label.names.all():
            if name.language not in (self.own_language, self.question.language):
                url = self.url(Question(text=name.name.lower(), language=name.language))
                yield Suggestion(name.name.lower(), url, name.language, language_name(name.language))


def _summed(rows: Iterable[tuple[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, n in rows:
        found[name] += n
    return found


def _may_only_fall_in(item: Listing, year: int) -> bool:
    """Whether the item's date overlaps ``year`` without lying wholly in it."""
    first, last = bounds_of(year) if year >= 1 else (None, None)
    if first is None or last is None or not item.date.overlaps(first, last):
        return False
    earliest, latest = item.date.earliest, item.date.latest
    return earliest is None or latest is None or earliest < first or latest > last


def _words_like(word: str, language: str) -> list[str]:
    nearby = Q(flat__startswith=word[:2]) | Q(flat__endswith=word[-3:])
    words = SearchWord.objects.filter(nearby, language=language).values_list("word", flat=True)[
        :MOST_CANDIDATES
    ]
    by_flat = {flat(each): each for each in words if abs(len(each) - len(word)) <= 2}
    return [by_flat[each] for each in get_close_matches(word, by_flat, n=MOST_SUGGESTIONS, cutoff=0.7)]


def _is_named(name: str, text: str, language: str) -> bool:
    return bool(text) and stems(name, language) == stems(text, language)
