"""Files that could harm a reader or a colleague are refused, with a reason."""

import io
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from pututu.media.rules import LARGEST_DOCUMENT, Refused, check_document


def a_pdf(text="Hello", *, extra=b""):
    kept = io.BytesIO()
    canvas = Canvas(kept)
    canvas.drawString(100, 700, text)
    canvas.save()
    return kept.getvalue() + extra


def test_an_ordinary_pdf_is_kept():
    check_document("report.pdf", a_pdf())


@pytest.mark.parametrize(
    "risk",
    [
        b"/S /JavaScript /JS (app.alert(1))",
        b"/JS (app.alert(1))",
        b"/JS<6170702e616c657274>",
        b"/JS 12 0 R",
        b"/S /Launch /F (calc.exe)",
        b"/Type /EmbeddedFile",
        b"/J#61vaScript",
        b"/S /SubmitForm",
    ],
)
def test_a_pdf_that_acts_is_refused(risk):
    with pytest.raises(Refused, match="Print it to a new PDF"):
        check_document("report.pdf", a_pdf(extra=risk))


def test_three_letters_met_by_chance_in_a_picture_are_no_script():
    check_document("report.pdf", a_pdf(extra=b"\x9c/JS7\xfe\x01/JS\x0b\x80"))


@given(
    name=st.sampled_from(["a.pdf", "a.docx", "a.csv", "a.txt", "a", "", ".pdf", "a.PDF"]), content=st.binary()
)
def test_any_file_is_kept_or_refused_with_a_sentence(name, content):
    try:
        check_document(name, content)
    except Refused as refusal:
        reason = str(refusal)
    else:
        reason = "Kept."
    assert reason.endswith(".")


def test_a_file_that_is_not_what_its_name_says_is_refused():
    with pytest.raises(Refused, match="not a PDF file"):
        check_document("report.pdf", b"<html><script>alert(1)</script>")
    with pytest.raises(Refused, match="not a text file"):
        check_document("list.csv", b"MZ\x00\x00")
    check_document("list.csv", b"a,b\n1,2\n")


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(Refused, match="larger than 50 MB"):
        check_document("list.txt", b"a" * (LARGEST_DOCUMENT + 1))


@pytest.fixture
def form_for():
    from wagtail.documents import get_document_model
    from wagtail.documents.forms import get_document_form

    def build(name, content, kind):
        form_class = get_document_form(get_document_model())
        return form_class(
            {"title": "Report", "credit": "The group"}, {"file": SimpleUploadedFile(name, content, kind)}
        )

    return build


def hidden_script():
    """A PDF whose JavaScript stands in a compressed object stream, where a search of the bytes can't see it."""
    names = b"<< /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >>"
    packed = zlib.compress(b"4 0 " + names)
    parts = [
        b"1 0 obj << /Type /Catalog /Pages 2 0 R /Names 4 0 R >> endobj\n",
        b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n",
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >> endobj\n",
        b"5 0 obj << /Type /ObjStm /N 1 /First 4 /Length %d /Filter /FlateDecode >> stream\n" % len(packed)
        + packed
        + b"\nendstream endobj\n",
    ]
    body, places = b"%PDF-1.5\n", [0]
    for part in parts:
        places.append(len(body))
        body += part
    start = len(body)
    rows = [
        (0, 0, 255),
        (1, places[1], 0),
        (1, places[2], 0),
        (1, places[3], 0),
        (2, 5, 0),
        (1, places[4], 0),
        (1, start, 0),
    ]
    table = b"".join(
        kind.to_bytes(1, "big") + at.to_bytes(3, "big") + last.to_bytes(1, "big") for kind, at, last in rows
    )
    return (
        body
        + b"6 0 obj << /Type /XRef /Size 7 /W [1 3 1] /Root 1 0 R /Length %d >> stream\n" % len(table)
        + table
        + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % start
    )


@pytest.mark.django_db
def test_a_script_hidden_by_compression_is_refused_by_the_form(form_for):
    content = hidden_script()
    check_document("report.pdf", content)  # the control: the bytes alone show nothing
    form = form_for("report.pdf", content, "application/pdf")
    assert not form.is_valid()
    assert "carries scripts" in str(form.errors["file"])


@pytest.mark.django_db
def test_a_damaged_pdf_is_refused_and_a_good_one_kept(form_for):
    assert "damaged" in str(form_for("report.pdf", b"%PDF-1.4 nothing", "application/pdf").errors["file"])
    form = form_for("report.pdf", a_pdf(), "application/pdf")
    assert form.is_valid(), form.errors


@pytest.mark.django_db
def test_a_refused_file_gets_one_complaint(form_for):
    assert len(form_for("report.pdf", a_pdf(extra=b"/S /Launch"), "application/pdf").errors["file"]) == 1
    assert "“exe” is not allowed" in str(form_for("tool.exe", b"MZ", "application/exe").errors["file"])


@pytest.mark.django_db
def test_a_refusal_is_told_in_the_language_of_staff(form_for):
    def told(language):
        with translation.override(language):
            return str(form_for("report.pdf", a_pdf(extra=b"/S /Launch"), "application/pdf").errors["file"])

    assert "“report.pdf” starts a program when it is opened." in told("en")
    assert "«report.pdf» inicia un programa al abrirse. Imprímalo en un PDF nuevo" in told("es")


@pytest.mark.django_db
def test_an_svg_is_refused_as_picture_and_as_document(form_for):
    from wagtail.images.fields import WagtailImageField

    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    assert form_for("drawing.svg", svg, "image/svg+xml").errors["file"]
    with pytest.raises(Exception, match=r"Not a supported image format|extension"):
        WagtailImageField().clean(SimpleUploadedFile("drawing.svg", svg, "image/svg+xml"))
