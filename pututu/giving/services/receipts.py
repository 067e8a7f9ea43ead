"""What does somebody get in their hands who paid?"""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.utils import translation
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from pututu.giving.models import Payment, Purpose
from pututu.giving.rendering import day_words
from pututu.giving.services.ledger import NotReceived, kept, uses_of
from pututu.giving.subjects import describe
from pututu.lib.money import Money
from pututu.lib.paper import BOLD, REGULAR, or_by_hand, prepare, printable
from pututu.lib.references import show_reference
from pututu.shell.models import SiteSettings

INK = HexColor("#20242e")
BODY = ParagraphStyle("body", fontName=REGULAR, fontSize=10, leading=15, textColor=INK)
TITLE = ParagraphStyle("title", BODY, fontName=BOLD, fontSize=24, leading=32, spaceAfter=8)
SMALL = ParagraphStyle("small", BODY, fontSize=8.5, leading=15)
MARGIN = 28 * mm


def make_receipt(payment: Payment, language: str) -> bytes:
    """Return a receipt as PDF, A4, in ``language``. Raises NotReceived where the money is not here."""
    if payment.state != Payment.State.CONFIRMED or not kept(payment):
        raise NotReceived(f"Payment {payment.pk} was not received, or went back: there is no receipt.")
    prepare()
    group = SiteSettings.load()
    out = io.BytesIO()
    with translation.override(language):
        document = SimpleDocTemplate(
            out,
            pagesize=A4,
            title=_("Receipt"),
            author=group.name,
            lang=language,
            invariant=1,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            topMargin=52 * mm,
        )
        rows = [[_cell(name, SMALL), _cell(words)] for name, words in _facts(payment, language)]
        flow = [
            _cell(group.name, SMALL),
            _cell(_("Receipt"), TITLE),
            Table(
                rows, colWidths=[45 * mm, None], hAlign="LEFT", style=[("LEFTPADDING", (0, 0), (-1, -1), 0)]
            ),
            Spacer(1, 12 * mm),
            *[_cell(line, SMALL) for line in group.postal_address.splitlines()],
        ]
        document.build(flow, onFirstPage=lambda canvas, _document: _head(canvas, HexColor(group.accent)))
    return out.getvalue()


def _facts(payment: Payment, language: str) -> Iterator[tuple[str, str]]:
    yield _("Number"), f"{payment.pk:06}"
    if payment.payer and (name := printable(payment.payer.name)):
        yield _("Received from"), name
    if payment.payer:
        yield _("Payment reference"), show_reference(payment.payer.reference)
    yield _("Received on"), day_words(payment.received_on, language)
    yield _("Method"), str(payment.get_method_display())
    yield _("Amount"), payment.amount.words(language)
    if (left := kept(payment)) != payment.amount:
        yield _("Went back"), (payment.amount - left).words(language)
    uses = uses_of(payment)
    about = describe(use.about for use in uses)
    for use, minor in uses.items():
        subject = about.get(use.about) if use.about else None
        words = subject.label if subject else str(Purpose(use.purpose).label)
        yield _("For"), f"{Money(minor, payment.currency).words(language)}: {or_by_hand(words)}"


def _cell(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    return Paragraph(escape(or_by_hand(text)), style)


def _head(canvas: Canvas, dye: HexColor) -> None:
    """A cord with knots above everything, as the group's other papers have it."""
    top = A4[1] - 18 * mm
    canvas.setStrokeColor(dye)
    canvas.setFillColor(dye)
    canvas.setLineWidth(4)
    canvas.line(MARGIN, top, A4[0] - MARGIN, top)
    canvas.setLineWidth(1.2)
    for cord, length in enumerate((12, 20, 9, 16, 22, 10, 18, 13)):
        x = MARGIN + (6 + cord * 17) * mm
        canvas.line(x, top, x, top - length * mm)
        canvas.circle(x, top - (length - 3) * mm, 2 * mm, stroke=0, fill=1)
