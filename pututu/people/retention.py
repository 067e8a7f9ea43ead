"""What of people is kept for how long, why, and what happens with it when its time is over?

A low registry, filled from above: whoever keeps rows about people says what of them has an end, finds what is over its
time, and takes it out. It also says to whom there is still a tie, so that nobody is forgotten whom another app needs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from pututu.people.models import Person
from pututu.people.rules.retention import Fate, Unit


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of rows. ``length`` is the default; staff choose from ``least`` to ``most``, or to keep it.

    ``due`` gives the rows of days before the one that it is given; ``words`` one of them as a line for staff; ``act``
    deals with those of some keys, inside a transaction of ``at_once`` keys at most. What was dealt with is not due any
    more. A rule that ``STAYS`` has none of these: it is there to be read.
    """

    slug: str
    what: Promise
    why: Promise
    fate: Fate
    unit: Unit = Unit.YEARS
    length: int = 0
    least: int = 0
    most: int = 0
    due: Callable[[dt.date], QuerySet[Any]] | None = None
    words: Callable[[Any], str] = str
    act: Callable[[list[int]], None] | None = None
    at_once: int = 500


@dataclass(frozen=True, slots=True)
class Tie:
    """Of whom an app keeps anything at all, and of whom anything of a day or later: as keys of people."""

    ever: Callable[[], QuerySet[Any]]
    since: Callable[[dt.date], QuerySet[Any]]


_rules: dict[str, Rule] = {}
_ties: dict[str, Tie] = {}


def register(rule: Rule) -> None:
    _rules[rule.slug] = rule


def register_tie(app: str, tie: Tie) -> None:
    _ties[app] = tie


def rules() -> list[Rule]:
    return list(_rules.values())


def rule_named(slug: str) -> Rule | None:
    return _rules.get(slug)


def without_ties(since: dt.date) -> QuerySet[Person]:
    """The people to whom no app has had a tie of ``since`` or later, and of whom nobody wrote anything since."""
    people = Person.objects.known().filter(created_at__date__lt=since, changed_at__date__lt=since)
    for tie in _ties.values():
        people = people.exclude(pk__in=tie.since(since))
    return people


def never_of(people: QuerySet[Person], *apps: str) -> QuerySet[Person]:
    """Those of some people of whom the apps keep nothing at all."""
    for app in apps:
        if app in _ties:
            people = people.exclude(pk__in=_ties[app].ever())
    return people
