"""How do numbers look to a reader: a chart's drawing, words and table, the size of a file?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils import formats
from django.utils.translation import gettext as _

from pututu.shell.charts import Chart, ChartError, ChartTable, Series, draw, read_table


@dataclass(frozen=True)
class DrawnChart:
    """Everything that the chart's template prints; ``key`` tells its ids from those of other charts."""

    key: str
    chart: Chart
    description: str
    scale: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def drawn_chart(value: Any) -> DrawnChart | None:
    """Draw the value of a ``ChartBlock``, or return None where its table can't be read."""
    try:
        table = read_table(value["table"])
    except ChartError:
        return None
    chart = draw(table, kind=value["kind"], say=number, scale_from=value["scale_from"])
    return DrawnChart(
        key=hashlib.sha256(f"{value['title']}{value['table']}".encode()).hexdigest()[:8],
        chart=chart,
        description=describe(table),
        scale=_("the scale begins at %(number)s") % {"number": number(chart.scale_from)}
        if chart.scale_from
        else "",
        head=(table.corner or value["unit"], *table.columns),
        rows=tuple(
            (each.name, tuple(cell(each_value) for each_value in each.values)) for each in table.series
        ),
    )


@dataclass(frozen=True)
class Figure:
    """A drawing with its table, as ``shell/blocks/chart.html`` prints them."""

    title: str
    unit: str
    chart: DrawnChart | None
    table: str
    note: str = ""


def line_figure(
    title: str,
    unit: str,
    heads: Sequence[str],
    rows: Iterable[tuple[str, Sequence[int | None]]],
    *,
    note: str = "",
) -> Figure:
    """Draw rows of numbers as lines; a name may not hold the sign that parts cells."""
    written = [
        ["", *heads],
        *(
            [name.replace("|", " "), *("" if each is None else str(each) for each in counts)]
            for name, counts in rows
        ),
    ]
    table = "\n".join(" | ".join(cells) for cells in written)
    value = {"title": title, "unit": unit, "kind": "line", "table": table, "scale_from": None}
    return Figure(title, unit, drawn_chart(value), table, note)


def number(value: Decimal) -> str:
    """Print a number as the language in force writes it, with a true minus sign."""
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return formats.number_format(value, decimal_pos=places, force_grouping=True).replace("-", "−")


def readable_size(document: Any) -> str:
    """The size of a document's file in words, or "" when the file is lost."""
    try:
        return filesizeformat(document.file.size) if document else ""
    except (OSError, ValueError):
        return ""


def cell(value: Decimal | None) -> str:
    return "–" if value is None else number(value)


def describe(table: ChartTable) -> str:
    """Say in words what the drawing shows; the table under it says the rest."""
    sentences = [sentence for series in table.series if (sentence := describe_series(series, table.columns))]
    return " ".join([*sentences, _("The figures are in the table below.")])


def describe_series(series: Series, columns: tuple[str, ...]) -> str:
    known = series.known()
    if not known:
        return ""
    (first_at, first), (last_at, last) = known[0], known[-1]
    words = {"name": series.name, "first": number(first), "last": number(last)}
    if first_at == last_at:
        return _("%(name)s: %(first)s (%(column)s).") % {**words, "column": columns[first_at]}
    return _("%(name)s: from %(first)s (%(from)s) to %(last)s (%(to)s).") % {
        **words,
        "from": columns[first_at],
        "to": columns[last_at],
    }
