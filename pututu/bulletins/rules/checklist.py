"""What is wrong with an edition before it is sent?

Sources: Gmail cuts a mail off after about 102 KB; RFC 5322 2.1.1 and common mail programs show some 60 signs of a
subject; SpamAssassin's rules for subjects (all capitals, many exclamation marks).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pututu.bulletins.rules.entries import Frozen

AT_MOST_BYTES = 100 * 1024
SUBJECT_SHOWN = 60


class Fault(StrEnum):
    """What can be wrong. ``BLOCKING`` are those with which an edition can't be sent."""

    NO_SUBJECT = "no-subject"
    EMPTY = "empty"
    LONG_SUBJECT = "long-subject"
    SHOUTING = "shouting"
    NO_ALT = "no-alt"
    UNDATED = "undated"
    NOT_TRANSLATED = "not-translated"
    LEFT_OUT = "left-out"
    DEAD_LINK = "dead-link"
    TOO_LARGE = "too-large"


BLOCKING = frozenset({Fault.NO_SUBJECT, Fault.EMPTY})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: in which edition, what, and about which item or address."""

    language: str
    fault: Fault
    about: str = ""

    @property
    def is_blocking(self) -> bool:
        return self.fault in BLOCKING


def look_over(
    edition: Frozen, *, size: int, dead_links: Iterable[str] = (), left_out: Iterable[str] = ()
) -> Iterator[Finding]:
    """Go through an edition as it would be sent.

    ``size`` is its HTML in bytes, ``dead_links`` lead nowhere, ``left_out`` are titles that were to stand in it.
    """
    yield from _subject(edition)
    if not edition.entries and not edition.intro.strip():
        yield Finding(edition.language, Fault.EMPTY)
    for entry in edition.entries:
        if entry.picture and not entry.picture_alt.strip():
            yield Finding(edition.language, Fault.NO_ALT, entry.title)
        if entry.is_undated:
            yield Finding(edition.language, Fault.UNDATED, entry.title)
        if entry.language != edition.language:
            yield Finding(edition.language, Fault.NOT_TRANSLATED, entry.title)
    for title in left_out:
        yield Finding(edition.language, Fault.LEFT_OUT, title)
    for link in dead_links:
        yield Finding(edition.language, Fault.DEAD_LINK, link)
    if size > AT_MOST_BYTES:
        yield Finding(edition.language, Fault.TOO_LARGE, f"{size // 1024} KB")


def _subject(edition: Frozen) -> Iterator[Finding]:
    subject = edition.subject.strip()
    if not subject:
        yield Finding(edition.language, Fault.NO_SUBJECT)
    if len(subject) > SUBJECT_SHOWN:
        yield Finding(edition.language, Fault.LONG_SUBJECT, subject)
    letters = [sign for sign in subject if sign.isalpha()]
    is_loud = len(letters) > 4 and all(sign.isupper() for sign in letters)
    if is_loud or subject.count("!") > 1 or "!!" in subject or "$$" in subject:
        yield Finding(edition.language, Fault.SHOUTING, subject)
