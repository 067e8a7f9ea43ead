"""Where does each entry of a scraped list begin, and which of its lines are its title?

An entry begins with a bullet that stands further out than the text below most bullets; bullets within are lists. What
stands further out than all of them, and is no sentence, heads a block of its own.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pututu.rescue.dateline import read_date_line
from pututu.rescue.reading.lines import Line

Group = tuple[Line, list[Line]]
LONGEST_HEADING = 80
FULL = 0.75  # of the longest line: a shorter one ends because its text ends
NARROWEST = 60  # characters: where no line is longer, none was broken
_ENDS_NO_HEADING = ".,;:…"


def groups_of(lines: Sequence[Line]) -> list[Group]:
    """Cut the page at its titles; what stands before the first belongs to none."""
    margin = _margin(lines)
    outer = min((line.indent for line in lines if line.is_bullet and line.indent < margin), default=0)
    groups: list[Group] = []
    for above, line in zip([None, *lines], lines, strict=False):
        if (line.is_bullet and line.indent < margin) or (
            groups and above and _is_heading(line, above, outer)
        ):
            groups.append((line, []))
        elif groups:
            groups[-1][1].append(line)
    return groups


def _margin(lines: Sequence[Line]) -> int:
    """Where text stands below most bullets; where it is not set in at all, right behind the bullets."""
    margins: Counter[int] = Counter()
    bullet: Line | None = None
    for line in lines:
        if line.is_bullet:
            bullet = line
        elif line.text and bullet:
            margins[line.indent if line.indent > bullet.indent else bullet.indent + 1] += 1
            bullet = None
    return min(margins, key=lambda indent: (-margins[indent], indent), default=1)


def _is_heading(line: Line, above: Line, outer: int) -> bool:
    is_out = bool(line.text) and not line.is_bullet and line.indent < outer
    return (
        is_out
        and (above.is_blank or above.indent >= outer)
        and len(line.text) <= LONGEST_HEADING
        and line.text[-1] not in _ENDS_NO_HEADING
    )


def are_compact(groups: Sequence[Group]) -> bool:
    """Whether most entries have no blank line between their lines: then a text may stand right below its title."""
    return 2 * sum(has_no_gap(rest) for _title, rest in groups) > len(groups)


def has_no_gap(rest: Sequence[Line]) -> bool:
    """Whether no blank line parts the lines of an entry."""
    texts = [place for place, line in enumerate(rest) if not line.is_blank]
    return bool(texts) and texts[-1] == len(texts) - 1


def whole_title(title: Line, rest: list[Line], *, is_compact: bool, width: int) -> Group:
    """Join to the title the lines that run on from it; a date right below it is not one of them.

    In a compact list a title runs on only if its line is about as long as the longest one, ``width``.
    """
    last = title
    while title.is_bullet and title.text and rest and not rest[0].is_blank and not rest[0].is_bullet:
        is_full = last.indent + len(last.text) >= FULL * max(width, NARROWEST)
        if read_date_line(rest[0].text).code != "unreadable" or (is_compact and not is_full):
            break
        title, last, rest = replace(title, text=f"{title.text} {rest[0].text}"), rest[0], rest[1:]
    return title, rest
