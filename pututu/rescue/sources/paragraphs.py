"""Where does WordPress see paragraphs in a text that has none: at empty lines, and around what stands for itself?

The rule is that of its ``wpautop``; a single line break is one that a reader sees.
"""

from __future__ import annotations

import re

STANDING = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address"
    "|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|details|menu"
    "|summary|script|iframe|object|video|audio"
)
OPENS = re.compile(rf"(<(?:{STANDING})(?:\s[^<>]*)?>)", re.IGNORECASE)
CLOSES = re.compile(rf"(</(?:{STANDING})\s*>)", re.IGNORECASE)
BEGINS = re.compile(rf"\s*</?(?:{STANDING})(?:[\s>/])", re.IGNORECASE)
KEPT = re.compile(r"<(pre|script|style)[\s>].*?</\1\s*>", re.IGNORECASE | re.DOTALL)
MARK = "\ue000{}\ue000"
MARKED = re.compile("\ue000(\\d+)\ue000")


def with_paragraphs(text: str) -> str:
    """Part a text into paragraphs."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\n\n{MARK.format(len(kept) - 1)}\n\n"

    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ue000", "")
    plain = CLOSES.sub(r"\1\n\n", OPENS.sub(r"\n\n\1", KEPT.sub(keep, plain)))
    parts = (part.strip() for part in re.split(r"\n\s*\n", plain))
    found = "\n".join(_paragraph(part) for part in parts if part)
    return MARKED.sub(lambda mark: kept[int(mark[1])] if int(mark[1]) < len(kept) else "", found)


def _paragraph(part: str) -> str:
    if MARKED.fullmatch(part):
        return part
    opened = OPENS.match(part)
    lead = opened[0] if opened else ""
    words = part[len(lead) :]
    if lead or BEGINS.match(words):
        return lead + (words if BEGINS.match(words) else _lines(words))
    return f"<p>{_lines(part)}</p>"


def _lines(words: str) -> str:
    return re.sub(r"\s*\n\s*", "<br>\n", words.strip())
