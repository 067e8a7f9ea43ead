"""How do reminders look that go by post: letters for windowed envelopes, and labels?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

from pututu.lib.countries import postal_country
from pututu.lib.paper import BY_HAND, REGULAR, or_by_hand, prepare, printable
from pututu.lib.references import show_reference
from pututu.membership.models import Membership
from pututu.people.models import Person
from pututu.shell.models import SiteSettings, home_country

BODY = ParagraphStyle("body", fontName=REGULAR, fontSize=9.5, leading=14.5, spaceAfter=8)
ACROSS, DOWN = 3, 8
LABEL = (70 * mm, 37 * mm)  # 24 on a sheet of A4
LINES, TYPE, LEAST = 7, 9, 6  # that a label has room for, in type of so many points, and at least


@dataclass(frozen=True, slots=True)
class Letter:
    """A reminder to be printed: for which membership, about which end."""

    membership: Membership
    end: dt.date


def postal_lines(person: Person, *, home: str) -> list[str]:
    """The lines of an envelope that is posted in the country ``home``.

    A name that can't be printed is a line to write it on, with the payment reference, by which it is found.
    """
    lines = [
        f"{person.title} {person.name}".strip(),
        *person.address.splitlines(),
        person.town,
        person.postcode,
    ]
    country = postal_country(person.country, home=home)
    lines = [or_by_hand(line).strip() for line in (*lines, country)]
    if lines[0] == BY_HAND:
        lines[0] = f"{BY_HAND[:14]} {show_reference(person.reference)}"
    return [line for line in lines if line]


def is_by_hand(person: Person) -> bool:
    """Whether somebody has to write on the envelope, since the type lacks letters of the name or the address."""
    texts = (person.name, *person.address.splitlines(), person.town, person.postcode)
    return any(BY_HAND in or_by_hand(text) for text in texts)


def letters_pdf(letters: Iterable[Letter], *, today: dt.date) -> bytes:
    """One PDF with a page for each letter, in the language of whom it is for."""
    prepare()
    output = BytesIO()
    document = SimpleDocTemplate(
        output, pagesize=A4, leftMargin=20 * mm, rightMargin=25 * mm, topMargin=20 * mm, title="Letters"
    )
    group = SiteSettings.load()
    story: list[Any] = []
    for letter in letters:
        story += [*_page(letter, group, today), PageBreak()]
    document.build(story or [Paragraph("–", BODY)])
    return output.getvalue()


def _page(letter: Letter, group: SiteSettings, today: dt.date) -> Iterator[Any]:
    person = letter.membership.payer
    with translation.override(person.language):
        words = {
            "group": group,
            "name": printable(person.name),
            "recipient": "" if person == letter.membership.holder else or_by_hand(letter.membership.given_to),
            "plan": letter.membership.plan.wording(person.language),
            "price": letter.membership.plan.price.words(person.language),
            "reference": show_reference(person.reference),
            "today": today,
            "end": letter.end,
            "has_ended": letter.end < today,
        }
        text = render_to_string("membership/mail/paper.txt", words)
    sender = ", ".join(filter(None, [group.name, *map(str.strip, group.postal_address.splitlines())]))
    yield Paragraph(escape(or_by_hand(sender)), BODY)
    yield Spacer(1, 18 * mm)
    yield Paragraph(
        "<br/>".join(escape(line) for line in postal_lines(person, home=group.home_country)), BODY
    )
    yield Spacer(1, 25 * mm)
    for paragraph in text.strip().split("\n\n"):
        yield Paragraph("<br/>".join(escape(line) for line in or_by_hand(paragraph).splitlines()), BODY)


def labels_pdf(people: Iterable[Person]) -> bytes:
    """Address labels, 24 of 70 × 37 mm on each sheet of A4."""
    prepare()
    output = BytesIO()
    canvas = Canvas(output, pagesize=A4)
    home = home_country()
    for number, person in enumerate(people):
        place = number % (ACROSS * DOWN)
        if number and not place:
            canvas.showPage()
        lines = postal_lines(person, home=home)
        _label(canvas, lines, x=place % ACROSS * LABEL[0], y=A4[1] - place // ACROSS * LABEL[1])
    canvas.save()
    return output.getvalue()


def _label(canvas: Canvas, lines: list[str], *, x: float, y: float) -> None:
    room = LABEL[0] - 10 * mm
    whole = [part for line in lines for part in simpleSplit(line, REGULAR, TYPE, room)]
    lines = whole if len(whole) <= LINES else lines
    if len(lines) > LINES:  # what an envelope can't do without is above and below
        lines = [*lines[: LINES - 2], *lines[-2:]]
    text = canvas.beginText(x + 6 * mm, y - 8 * mm)
    for line in lines:
        width = pdfmetrics.stringWidth(line, REGULAR, TYPE)
        text.setFont(REGULAR, max(LEAST, min(TYPE, TYPE * room / width)), 11.5)
        text.textLine(_cut(line, room))
    canvas.drawText(text)


def _cut(line: str, room: float) -> str:
    """As much of a line as there is room for in the smallest type."""
    if pdfmetrics.stringWidth(line, REGULAR, LEAST) <= room:
        return line
    while line and pdfmetrics.stringWidth(f"{line}…", REGULAR, LEAST) > room:
        line = line[:-1]
    return f"{line}…"
