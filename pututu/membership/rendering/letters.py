"""How do reminders look that go by post: letters for windowed envelopes, and labels?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

import reportlab
from django.template.loader import render_to_string
from django.utils import translation
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

from pututu.lib.countries import postal_country
from pututu.lib.references import show_reference
from pututu.membership.models import Membership
from pututu.people.models import Person
from pututu.shell.models import SiteSettings, home_country

FONT = "Vera"
BODY = ParagraphStyle("body", fontName=FONT, fontSize=10, leading=14.5, spaceAfter=8)
ACROSS, DOWN = 3, 8
LABEL = (70 * mm, 37 * mm)  # 24 on a sheet of A4
LINES = 7  # that a label has room for


@dataclass(frozen=True, slots=True)
class Letter:
    """A reminder to be printed: for which membership, about which end."""

    membership: Membership
    end: dt.date


def postal_lines(person: Person, *, home: str) -> list[str]:
    """The lines of an envelope that is posted in the country ``home``."""
    lines = [
        f"{person.title} {person.name}".strip(),
        *person.address.splitlines(),
        person.town,
        person.postcode,
    ]
    country = postal_country(person.country, home=home)
    return [line.strip() for line in (*lines, country) if line.strip()]


def letters_pdf(letters: Iterable[Letter], *, today: dt.date) -> bytes:
    """One PDF with a page for each letter, in the language of whom it is for."""
    _prepare()
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
            "person": person,
            "recipient": "" if person == letter.membership.holder else letter.membership.given_to,
            "plan": letter.membership.plan.wording(person.language),
            "price": letter.membership.plan.price.words(person.language),
            "reference": show_reference(person.reference),
            "end": letter.end,
            "has_ended": letter.end < today,
        }
        text = render_to_string("membership/mail/paper.txt", words)
    yield Paragraph(escape(f"{group.name}, {group.postal_address}".rstrip(", ")), BODY)
    yield Spacer(1, 18 * mm)
    yield Paragraph(
        "<br/>".join(escape(line) for line in postal_lines(person, home=group.home_country)), BODY
    )
    yield Spacer(1, 25 * mm)
    for paragraph in text.strip().split("\n\n"):
        yield Paragraph("<br/>".join(escape(line) for line in paragraph.splitlines()), BODY)


def labels_pdf(people: Iterable[Person]) -> bytes:
    """Address labels, 24 of 70 × 37 mm on each sheet of A4."""
    _prepare()
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
    text = canvas.beginText(x + 6 * mm, y - 9 * mm)
    text.setFont(FONT, 9, 11.5)
    for line in lines if len(lines) <= LINES else [*lines[: LINES - 1], lines[-1]]:
        text.textLine(line[:42])
    canvas.drawText(text)


def _prepare() -> None:
    """Have a typeface that knows more than western letters; it comes with reportlab."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")))
