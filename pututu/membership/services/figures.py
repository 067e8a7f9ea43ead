"""What do staff see of the years: members, comings and goings, money?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import ExtractMonth
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pututu.giving.models import Payment, StatementLine
from pututu.membership.figures import (
    Cohort,
    Course,
    comings_and_goings,
    course_of,
    ending_between,
    ends_of_years,
    members_on,
    retention,
    statuses_on,
)
from pututu.membership.models import Membership, MembershipRules, Plan
from pututu.membership.rules import BELONGING, Facts, Status
from pututu.shell.drawing import Figure, line_figure

YEARS = 10
LINES = 5  # more can't be told apart in a drawing
SOON = dt.timedelta(days=60)


@dataclass(frozen=True)
class Overview:
    """All that the screen shows."""

    belonging: int
    in_grace: int
    ending_soon: int
    unassigned: int
    waiting_lines: int
    figures: tuple[Figure, ...]
    cohorts: tuple[Cohort, ...]
    cohort_years: range


def overview(*, today: dt.date) -> Overview:
    """Count and draw. Reads every membership once: seconds, with tens of thousands."""
    facts, courses = _courses(today)
    now = [course.on(today) for course in courses]
    return Overview(
        belonging=sum(status in BELONGING for status in now),
        in_grace=now.count(Status.GRACE),
        ending_soon=len(ending_between(facts, today, today + SOON)),
        unassigned=Payment.objects.unassigned().count(),
        waiting_lines=StatementLine.objects.filter(state=StatementLine.State.WAITING, minor__gt=0).count(),
        figures=tuple(_figures(courses, today)),
        cohorts=tuple(retention(courses, today=today, years=YEARS)),
        cohort_years=range(1, YEARS),
    )


def _courses(today: dt.date) -> tuple[dict[int, Facts], list[Course]]:
    rules = MembershipRules.load().status_rules
    facts, courses = {}, []
    for membership in Membership.objects.with_facts().iterator(chunk_size=1000):
        facts[membership.pk] = membership.facts
        courses.append(course_of(membership.facts, membership.plan.slug, rules, until=today))
    return facts, courses


def _figures(courses: list[Course], today: dt.date) -> Iterable[Figure]:
    days = ends_of_years(today, YEARS)
    heads = [*(str(day.year) for day in days[:-1]), _("today")]
    plans = members_on(courses, days)
    names = {plan.slug: plan.wording(get_language() or "en").name for plan in Plan.objects.all()}
    if plans:
        rows = [(names.get(plan, plan), counts) for plan, counts in plans.items()]
        yield line_figure(_("Members by plan, at the end of each year"), _("members"), heads, _few(rows))
    statuses = {
        status: counts for status, counts in statuses_on(courses, days).items() if status in BELONGING
    }
    if statuses:
        words = {Status.CURRENT: _("current"), Status.GRACE: _("in grace"), Status.LIFE: _("for life")}
        rows = [(str(words[status]), counts) for status, counts in statuses.items()]
        yield line_figure(_("Members by status, at the end of each year"), _("members"), heads, rows)
    years = comings_and_goings(courses, first=today.year - YEARS + 1, last=today.year)
    if courses:
        rows = [
            (_("joined"), [each.joined for each in years]),
            (_("came back"), [each.came_back for each in years]),
            (_("lost"), [each.lost for each in years]),
        ]
        yield line_figure(
            _("Joined and lost, by year"), _("members"), [str(each.year) for each in years], rows
        )
    yield from _income(today)


def _few(rows: list[tuple[str, list[int]]]) -> list[tuple[str, list[int]]]:
    """As many lines as can be told apart; the smallest are added up."""
    if len(rows) <= LINES:
        return rows
    rest = [sum(column) for column in zip(*(counts for _name, counts in rows[LINES - 1 :]), strict=True)]
    return [*rows[: LINES - 1], (_("others"), rest)]


def _income(today: dt.date) -> Iterable[Figure]:
    """What came in each month of this year and the last, in whole units of the currency most used."""
    received = Payment.objects.confirmed().filter(received_on__year__gte=today.year - 1)
    currency = received.values("currency").annotate(sum=Sum("minor")).order_by("-sum").first()
    if currency is None:
        return
    code = currency["currency"]
    by_month: dict[tuple[int, int], int] = {}
    rows = received.filter(currency=code).values_list("received_on__year", ExtractMonth("received_on"))
    for year, month, minor in rows.annotate(sum=Sum("minor")).order_by():
        by_month[year, month] = round(minor / 100)
    months = range(1, 13)
    heads = [formats.date_format(dt.date(2000, month, 1), "M") for month in months]
    table = [
        (
            str(year),
            [
                by_month.get((year, month), 0) if (year, month) <= (today.year, today.month) else None
                for month in months
            ],
        )
        for year in (today.year - 1, today.year)
    ]
    note = _("All that was received, before what went back.")
    yield line_figure(_("Income by month, against last year"), code, heads, table, note=note)
