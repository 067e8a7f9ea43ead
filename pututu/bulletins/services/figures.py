"""How did the audience of a series grow or shrink, and what became of its mails, issue by issue?"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import gettext as _

from pututu.bulletins.models import Choice, Delivery, Issue, Series
from pututu.bulletins.rules.ledger import State
from pututu.shell.drawing import Figure, line_figure

AT_MOST = 24
LEAST = 2


def figures_of(series: Series) -> Iterator[Figure]:
    """Lines over the last issues that went out; none where there are not two."""
    issues = _issues(series)
    accepted, refused = _counted(series, State.ACCEPTED), _counted(series, State.REFUSED)
    if len(issues) < LEAST:
        return
    heads = [str(each.number) for each in issues]
    yield line_figure(
        _("Readers, issue by issue"),
        _("readers"),
        heads,
        [
            (_("on the list"), [each.frozen for each in issues]),
            (_("accepted"), [accepted.get(each.pk, 0) for each in issues]),
        ],
    )
    yield line_figure(
        _("Refused, and left after an issue"),
        _("readers"),
        heads,
        [
            (_("refused"), [refused.get(each.pk, 0) for each in issues]),
            (_("left"), list(_left_after(series, issues))),
        ],
        note=_("Who opened what we do not know and do not ask."),
    )


def _issues(series: Series) -> list[Issue]:
    """The last issues that went out, the oldest first."""
    return list(series.issues.filter(frozen_at__isnull=False).order_by("-number")[:AT_MOST])[::-1]


def _counted(series: Series, state: State) -> dict[int, int]:
    """How many mails of each issue are in a state."""
    rows = Delivery.objects.filter(issue__series=series, state=state).order_by()
    return dict(rows.values_list("issue").annotate(Count("pk")))


def _left_after(series: Series, issues: list[Issue]) -> Iterator[int]:
    """How many left between an issue and the next."""
    for issue, following in zip(issues, [*issues[1:], None], strict=True):
        left = Choice.objects.filter(series=series, left_at__gte=issue.frozen_at)
        if following is not None:
            left = left.filter(left_at__lt=following.frozen_at)
        yield left.count()


def left_after(issue: Issue) -> int:
    """How many left the series after an issue and before the next one went."""
    following = issue.series.issues.filter(frozen_at__gt=issue.frozen_at).order_by("frozen_at").first()
    left = Choice.objects.filter(series=issue.series, left_at__gte=issue.frozen_at)
    return (left.filter(left_at__lt=following.frozen_at) if following else left).count()
