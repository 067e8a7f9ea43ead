"""How does a reason of the rescue read in the language of whoever reads it?

Reasons are made and kept in English, as ``--json`` prints them: they are put together from the sentences and clauses
below. Each is found again and said in the active language; quoted words and addresses stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy

from pututu.lib.dates import DateError, HonestDate, from_words
from pututu.lib.telling import Translate, gettext_noop

CLAUSES = (
    gettext_noop("the page prints %(text)s"),
    gettext_noop("its structured data say %(text)s"),
    gettext_noop("its metadata say %(text)s"),
    gettext_noop("the export declares %(text)s"),
    gettext_noop("a list page prints %(text)s"),
    gettext_noop("it marks the time %(text)s"),
    gettext_noop("its address carries %(text)s"),
    gettext_noop("a script of the page says %(text)s"),
    gettext_noop("its text opens with %(text)s"),
    gettext_noop("it says that it was changed on %(text)s"),
    gettext_noop("its text tells of %(text)s as past"),
    gettext_noop("items with numbers around its own are dated %(span)s"),
    gettext_noop("the PDF was made on %(text)s"),
    gettext_noop("the server last changed it on %(text)s"),
    gettext_noop("which is not when it was published"),
    gettext_noop("which may be a later scan of what was published before"),
    gettext_noop("and nothing else says so."),
    gettext_noop("so it is not earlier."),
)
SENTENCES = (
    gettext_noop("Against it:"),
    gettext_noop("Its witnesses disagree:"),
    gettext_noop("; but "),
    gettext_noop("Its addresses disagree about its date:"),
    gettext_noop("A person must decide."),
    gettext_noop("Not sure enough to be stated:"),
    gettext_noop("It shows %(text)s, which a computer writes where no date is known."),
    gettext_noop("It shows %(text)s, the day of an import: very many items have it."),
    gettext_noop("%(text)s may mean two days, and nothing tells which."),
    gettext_noop("%(text)s is a day without its year, and nothing tells which."),
    gettext_noop("%(text)s stands in the place of a date; no date can be read in it."),
    gettext_noop("%(text)s is a day that was still to come."),
    gettext_noop("Nothing on the page or about it says when it was published."),
    gettext_noop("No date is printed where the old page has its dates."),
    gettext_noop("It announces what takes place on %(words)s; when it was announced is not known."),
    gettext_noop("It was there by %(day)s."),
    gettext_noop("A page of the kind %(text)s needs no date."),
    gettext_noop("(At %(address)s.)"),
    gettext_noop("It stands beside many pages and is read once."),
    gettext_noop("Only a list names it: its own page was not captured."),
    gettext_noop("It led round in a circle."),
    gettext_noop("It led away from the old site, to %(address)s."),
    gettext_noop("It led to %(address)s, which is not in what was given."),
)
DECISIONS = (
    gettext_noop("A list: the new site makes its own."),
    gettext_noop("A file: it comes with the pages that show or link it."),
    gettext_noop("The old site had an error here."),
    gettext_noop("It has no title: give it one in the old site, or write the page by hand."),
    gettext_noop("A standing block of this title was read already, in other words (%(address)s)."),
    gettext_noop("New; its sources disagree about the date, which waits for a decision."),
    gettext_noop("New; nearly the same as %(address)s: somebody should look at both."),
    gettext_noop("New; only a list names it (%(address)s): its own text is lost."),
    gettext_noop("New; nobody knows when it was published."),
    gettext_noop("New."),
    gettext_noop("Its page was deleted here: what staff delete does not come back."),
    gettext_noop("An editor changed %(fields)s since: that stays."),
    gettext_noop("The old site now says otherwise: %(fields)s."),
    gettext_noop("It was brought across before, and nothing differs."),
    gettext_noop("It was never published for all: it needed a password."),
    gettext_noop("It was never published: its state is %(text)s."),
    gettext_noop("There is no topic %(texts)s here."),
    gettext_noop(
        "It was captured while it was public, but the group’s export says that it is not now (%(text)s)."
    ),
    gettext_noop("To bring it all the same, give the capture without the export."),
)
ADDRESSES = (
    gettext_noop("Linked from %(address)s, but not in what was given."),
    gettext_noop("The same as %(address)s."),
    gettext_noop("The file is in the library now."),
    gettext_noop("The library refuses the file:"),
    gettext_noop("It dressed the old site: the new one has its own."),
    gettext_noop("It was for search engines: the new site has its own."),
    gettext_noop("A file that no page which came across shows or links."),
    gettext_noop("Nothing of it came across."),
    gettext_noop("The run that brought it was taken back."),
    gettext_noop("Its page was taken away here."),
)
FAULTS = (
    gettext_noop(
        "is no folder, WARC, WACZ, WordPress export, feed, JSON Lines, CSV or text file that can be read."
    ),
    gettext_noop("is a single page. Give the folder in which the pages of the old site lie."),
    gettext_noop("is empty. Save or download it again."),
    gettext_noop("unpack it, and give what was in it."),
    gettext_noop("It holds no file. Pack the folder of HTML again."),
    gettext_noop("Its name leads out of the folder. Pack the folder itself."),
    gettext_noop("It is locked with a password. Pack it again without one."),
    gettext_noop("It is packed as no page is, and would fill the disk. Leave it out."),
    gettext_noop("It can't be unpacked"),
    gettext_noop("Pack it, or download it, again."),
    gettext_noop("Give it in pieces."),
    gettext_noop("Its file is no longer here. Give it again."),
    gettext_noop("No web archive is in this file."),
    gettext_noop("It has no address."),
    gettext_noop("No column is the address."),
    gettext_noop("The file ends within it."),
    gettext_noop("The archive is cut: it ends within a record."),
    gettext_noop("The other records are read."),
    gettext_noop("what can be read of it is read."),
    gettext_noop("What stands before is read."),
    gettext_noop("Export it again."),
    gettext_noop("It goes on by itself then."),
)
FIELDS = {
    "title": pgettext_lazy("of a page", "title"),
    "standfirst": gettext_lazy("standfirst"),
    "byline": gettext_lazy("byline"),
    "published": gettext_lazy("date"),
    "topics": gettext_lazy("topics"),
    "body": gettext_lazy("text"),
    "starts on": gettext_lazy("day of the event"),
}
HELP = {
    "conflict": gettext_lazy(
        "Look at the old page, and set the date that is right, or say that nobody knows it."
    ),
    "undated": gettext_lazy(
        "If you know the date, or between which days it lies, set it; else say what holds."
    ),
    "duplicate": gettext_lazy(
        "Compare the two. Join them if they are one and the same; else this one is right as it is."
    ),
    "edited": gettext_lazy("Compare the old page with this one, and take over by hand what is better there."),
    "damaged": gettext_lazy(
        "Letters of it were lost on the old site. Edit the page, and then say that it is right as it is."
    ),
    "lost": gettext_lazy(
        "Add what is missing to the page if somebody still has it, and then say that it is right as it is."
    ),
}
"""What somebody can do about an item that waits, by the reason why it does."""

_KEPT = re.compile(r"“[^“”]*(?:“[^“”]*”[^“”]*)*”|https?://[^\s,;)]+?(?=[.,;:)]*(?:\s|$))")
_MARK = "\ue000{}\ue001"
_SHAPES = {
    "text": "\ue000\\d+\ue001",
    "span": "\ue000\\d+\ue001",
    "texts": "\ue000\\d+\ue001(?:, \ue000\\d+\ue001)*",
    "address": "\\S+?",
    "fields": "[a-z, ]+?",
    "day": "[^.;]+?",
    "words": "[^.;]+?",
}


def in_words(reason: str) -> str:
    """``reason`` in the active language."""
    language = get_language() or "en"
    return reason if language.startswith("en") else told(reason, gettext, language)


def told(reason: str, translate: Translate, language: str) -> str:
    """``reason`` with each sentence that is known here through ``translate``."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return _MARK.format(len(kept) - 1)

    text = _KEPT.sub(keep, reason)
    for template, pattern in _patterns():
        text = pattern.sub(_said(template, kept, translate, language), text)
    return re.sub(r"\ue000(\d+)\ue001", lambda found: kept[int(found[1])], text)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The longest first: some begin with the words of others."""
    known = sorted((*CLAUSES, *SENTENCES, *DECISIONS, *ADDRESSES, *FAULTS), key=len, reverse=True)
    return tuple((template, re.compile(_shape(template))) for template in known)


def _shape(template: str) -> str:
    first, rest = template[0], re.escape(template[1:]) if template[0] != "%" else re.escape(template)
    opening = f"[{first.upper()}{first.lower()}]" if first.isalpha() else re.escape(first) * (first != "%")
    return opening + re.sub(r"%\\\((\w+)\\\)s", lambda found: f"(?P<{found[1]}>{_SHAPES[found[1]]})", rest)


def _said(
    template: str, kept: list[str], translate: Translate, language: str
) -> Callable[[re.Match[str]], str]:
    def say(found: re.Match[str]) -> str:
        facts = {name: _fact(name, text, kept, language) for name, text in found.groupdict().items()}
        said = translate(template) % facts
        return said[:1].upper() + said[1:] if found[0][:1].isupper() else said

    return say


def _fact(name: str, text: str, kept: list[str], language: str) -> str:
    """What stands in a sentence: days are said in the language, fields of a page have their names in it."""
    if name == "span":
        return f"“{_day(kept[int(text[1:-1])].strip('“”'), language)}”"
    if name == "day":
        return _day(text, language)
    if name == "fields":
        return ", ".join(str(FIELDS.get(each, each)) for each in text.split(", "))
    return text


def _day(words: str, language: str) -> str:
    try:
        value: HonestDate = from_words(words)
    except DateError:
        return words
    return value.words(language)
