"""How does a publication of the demonstration become a PDF?"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
)

from pututu.operations.demonstration.body import FENCED, PASSAGE, REFERENCE, cells

INK, DYE = HexColor("#20242e"), HexColor("#9c1431")
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=15, textColor=INK, spaceAfter=6)
HEADING = ParagraphStyle("heading", BODY, fontName="Times-Bold", fontSize=14, leading=18, spaceBefore=12)
ABSTRACT = ParagraphStyle("abstract", BODY, fontName="Times-Italic", fontSize=15, leading=21)
TITLE = ParagraphStyle(
    "title", BODY, fontName="Times-Bold", fontSize=34, leading=38, spaceBefore=70 * mm, spaceAfter=16
)
SMALL = ParagraphStyle("small", BODY, fontName="Helvetica", fontSize=9, leading=13)


def make_pdf(
    *, title: str, group: str, series: str, date: str, abstract: str, body: str, language: str
) -> bytes:
    """Return a PDF of A4 pages: a cover, then ``body`` (Markdown: headings, paragraphs, lists, tables as lines)."""
    kept = io.BytesIO()
    document = BaseDocTemplate(
        kept,
        pagesize=A4,
        title=title,
        author=group,
        subject=abstract,
        lang=language,
        invariant=1,
        leftMargin=28 * mm,
        rightMargin=28 * mm,
        topMargin=25 * mm,
        bottomMargin=25 * mm,
    )
    frame = Frame(document.leftMargin, document.bottomMargin, document.width, document.height, id="text")
    document.addPageTemplates(
        [PageTemplate("cover", [frame], onPage=_cover), PageTemplate("text", [frame], onPage=_foot(group))]
    )
    document.build(
        [
            Paragraph(escape(series), SMALL),
            Paragraph(escape(title), TITLE),
            Paragraph(escape(abstract), ABSTRACT),
            Paragraph(escape(f"{group} · {date}"), SMALL),
            NextPageTemplate("text"),
            PageBreak(),
            *_flow(body),
        ]
    )
    return kept.getvalue()


def _cover(canvas: Canvas, _document: BaseDocTemplate) -> None:
    canvas.setStrokeColor(DYE)
    canvas.setLineWidth(5)
    canvas.line(28 * mm, A4[1] - 60 * mm, A4[0] - 28 * mm, A4[1] - 60 * mm)
    canvas.setLineWidth(1.2)
    for cord in range(9):
        x = 34 * mm + cord * 17 * mm
        length = (18, 30, 12, 26, 34, 15, 28, 20, 31)[cord]
        canvas.line(x, A4[1] - 60 * mm, x, A4[1] - (60 + length) * mm)
        canvas.setFillColor(DYE)
        canvas.circle(x, A4[1] - (56 + length) * mm, 2.4 * mm, stroke=0, fill=1)


def _foot(group: str) -> Callable[[Canvas, BaseDocTemplate], None]:
    def foot(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(28 * mm, 14 * mm, group)
        canvas.drawRightString(A4[0] - 28 * mm, 14 * mm, str(document.page))

    return foot


def _flow(body: str) -> list[Flowable]:
    """Return paragraphs and headings; a chart is left to the page on the site, a call-out becomes a paragraph."""
    text = FENCED.sub(lambda found: found["inside"] if found["name"] == "callout" else "", body)
    flow: list[Flowable] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = part.strip().splitlines()
        if not lines:
            continue
        if lines[0].startswith("#"):
            flow.append(Paragraph(_inline(lines[0].lstrip("# ")), HEADING))
        elif lines[0].startswith("|"):
            flow.extend(
                Paragraph(_inline(" · ".join(cells(line))), SMALL)
                for line in lines
                if not line.startswith("|-")
            )
        elif lines[0].startswith("- "):
            flow.extend(Paragraph("• " + _inline(line.removeprefix("- ")), BODY) for line in lines)
        else:
            flow.append(Paragraph(_inline(" ".join(lines)), BODY))
    return flow


def _inline(text: str) -> str:
    plain = PASSAGE.sub(r"\1", REFERENCE.sub("", text))
    plain = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", plain)
    marked = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(plain))
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", marked)
