"""How do the parts of a mail read as plain text?"""

from __future__ import annotations

import textwrap

from django import template

from pututu.bulletins.rules.entries import Entry

register = template.Library()
COLUMNS = 72


@register.filter
def wrapped(text: str) -> str:
    """Break lines for a narrow window, and never inside a word: an address stays whole."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(
        textwrap.fill(line, COLUMNS, break_long_words=False, break_on_hyphens=False) for line in lines
    )


@register.filter
def headline(entry: Entry) -> str:
    """The line over an item: what it is about, its title, and what must be known of it."""
    line = f"{entry.kicker}: {entry.title}" if entry.kicker else entry.title
    return f"{line} ({entry.notice})" if entry.notice else line
