"""How is what is over its time shown, and taken out?

A run goes in batches, each one transaction that also counts: where the machine stops, what was taken out is counted,
and the next run goes on. Nothing runs by itself: staff or an operator begin it.
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pututu.people import retention
from pututu.people.models import AccessRecord, RetentionLength, RetentionRun
from pututu.people.retention import Rule
from pututu.people.rules.retention import kept_since
from pututu.people.services.access import log_access


class OutOfBounds(ValueError):
    """Something may not be kept so short, or so long."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule as the group has it today: how long (None: it is kept), since when is kept, and how many are over it."""

    rule: Rule
    length: int | None
    since: dt.date | None
    count: int


def length_of(rule: Rule) -> int | None:
    """For how long the group keeps it; None where it decided to keep it, or nothing is ever taken out."""
    if rule.due is None:
        return None
    row = RetentionLength.objects.filter(slug=rule.slug).first()
    return row.length if row else rule.length


def standing(rule: Rule, *, today: dt.date) -> Standing:
    length = length_of(rule)
    if length is None or rule.due is None:
        return Standing(rule, None, None, 0)
    since = kept_since(today, length, rule.unit)
    return Standing(rule, length, since, rule.due(since).count())


def some_due(rule: Rule, *, today: dt.date, limit: int) -> list[str]:
    """The first of what is over its time, a line each."""
    found = standing(rule, today=today)
    if rule.due is None or found.since is None:
        return []
    return [rule.words(each) for each in rule.due(found.since).order_by("pk")[:limit]]


@transaction.atomic
def set_length(rule: Rule, length: int | None, *, by: Any) -> None:
    """Say for how long something is kept; None keeps it. Raises OutOfBounds."""
    if rule.due is None or (length is not None and not rule.least <= length <= rule.most):
        raise OutOfBounds(f"{rule.slug} is kept for {rule.least} to {rule.most} {rule.unit}.")
    RetentionLength.objects.update_or_create(slug=rule.slug, defaults={"length": length})
    said = "kept" if length is None else f"{length} {rule.unit}"
    log_access(AccessRecord.Act.CHANGED, by=by, fields=["retention"], detail=f"{rule.slug}: {said}")


def apply_rule(rule: Rule, *, today: dt.date, by: Any, seconds: float | None = None) -> int:
    """Deal with what is over its time, or with what can be in ``seconds``; return how many it were."""
    found = standing(rule, today=today)
    if found.since is None or not found.count:
        return 0
    until = time.monotonic() + seconds if seconds is not None else None
    run = RetentionRun.objects.create(slug=rule.slug, kept_since=found.since, by=by)
    last: int | None = 0
    while last is not None and (until is None or time.monotonic() < until):
        last = _apply_some(rule, run, after=last)
    if last is None:
        RetentionRun.objects.filter(pk=run.pk).update(ended_at=timezone.now())
    run.refresh_from_db()
    said = f"{rule.slug}: {run.count} {rule.fate}"
    log_access(AccessRecord.Act.CHANGED, by=by, fields=["retention"], detail=said)
    return run.count


@transaction.atomic
def _apply_some(rule: Rule, run: RetentionRun, *, after: int) -> int | None:
    """Deal with the next of what is due; return the last key, or None where there is no more."""
    assert rule.due is not None, "a rule without an end is never run"
    assert rule.act is not None, "what can be due can be dealt with"
    rows = rule.due(run.kept_since).filter(pk__gt=after).order_by("pk")
    keys = list(rows.values_list("pk", flat=True)[: rule.at_once])
    if not keys:
        return None
    rule.act(keys)
    RetentionRun.objects.filter(pk=run.pk).update(count=F("count") + len(keys))
    return keys[-1]


def rules_named(slugs: list[str]) -> list[Rule]:
    """The rules of these names, or all that have an end. Raises KeyError for a name that there is not."""
    ending = {rule.slug: rule for rule in retention.rules() if rule.due}
    return [ending[slug] for slug in slugs] if slugs else list(ending.values())
