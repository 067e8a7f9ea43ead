"""Is a publication's PDF read, drawn and offered, whatever state it is in?"""

import io
from typing import Any

import html5lib
import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.files.base import ContentFile
from django.test import Client, RequestFactory
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from pututu.media.models import DocumentFile, Picture
from pututu.pages.signals import content_changed
from pututu.publishing.models import PublicationPage
from pututu.publishing.services import UnreadablePdf, read_pdf, read_publication
from pututu.publishing.wagtail_hooks import warn_of_an_unreadable_pdf
from tests.factories import make_publication, make_site


def pdf(*, words: str = "Coca and the state", password: str = "") -> bytes:
    kept = io.BytesIO()
    locked = StandardEncryption(password) if password else None
    page = canvas.Canvas(kept, pagesize=(420, 595), encrypt=locked)
    page.drawString(40, 500, words)
    page.showPage()
    page.save()
    return kept.getvalue()


def publication(data: bytes, **fields: Any) -> PublicationPage:
    document = DocumentFile.objects.create(
        title="Report", credit="The group", file=ContentFile(data, name="r.pdf")
    )
    return make_publication(make_site()["en"], document=document, **fields)


def test_a_pdf_gives_its_words_and_its_first_page() -> None:
    reading = read_pdf(pdf())
    assert "Coca and the state" in reading.text
    assert reading.pages == 1
    assert reading.cover is not None
    assert reading.cover.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "may be damaged"),
        (b"no PDF at all", "may be damaged"),
        (pdf()[:300], "may be damaged"),
        (pdf(password="secret"), "asks for a password"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(UnreadablePdf, match=words):
        read_pdf(data)


@pytest.mark.django_db
def test_a_publication_gets_words_for_search_and_a_cover() -> None:
    page = publication(pdf())
    assert read_publication(page) == ""
    page.refresh_from_db()
    assert page.picture is not None
    assert page.picture.description == "Cover of “A report”"
    assert "Coca and the state" in page.body_text()


@pytest.mark.django_db
def test_reading_twice_changes_nothing(django_capture_on_commit_callbacks: Any) -> None:
    page = publication(pdf())
    with django_capture_on_commit_callbacks() as first:
        read_publication(page)
    with django_capture_on_commit_callbacks() as second:
        read_publication(PublicationPage.objects.get(pk=page.pk))
    assert (len(first), len(second)) == (1, 0)
    assert Picture.objects.count() == 1


@pytest.mark.django_db
def test_a_cover_chosen_by_an_editor_is_kept() -> None:
    page = publication(pdf())
    read_publication(page)
    chosen = page.picture
    page.document.file.save("other.pdf", ContentFile(pdf(words="Another")))
    read_publication(page)
    assert page.picture == chosen


@pytest.mark.django_db
def test_the_next_publishing_keeps_the_cover() -> None:
    page = publication(pdf())
    page.save_revision().publish()
    page.refresh_from_db()
    read_publication(page)
    again = PublicationPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert again.picture_id == page.picture_id


@pytest.mark.django_db
def test_publishing_reads_the_pdf_and_survives_a_broken_one(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        good = publication(pdf(), title="Good")
        good.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        document = DocumentFile.objects.create(
            title="B", credit="x", file=ContentFile(b"%PDF-1.4 no", name="b.pdf")
        )
        broken = make_publication(good.get_parent().get_parent().specific, "Broken", document=document)
        broken.save_revision().publish()
    good.refresh_from_db()
    broken.refresh_from_db()
    assert good.picture is not None
    assert broken.picture is None
    assert broken.live


@pytest.mark.django_db
def test_a_missing_file_is_named() -> None:
    page = publication(pdf())
    page.document.file.delete()
    assert "missing" in read_publication(page)


@pytest.mark.django_db
def test_channels_hear_again_when_the_words_have_been_read(django_capture_on_commit_callbacks: Any) -> None:
    heard = []

    def listen(page: Any, was: str, **_kwargs: Any) -> None:
        heard.append((page.pk, was, "Coca" in page.body_text()))

    content_changed.connect(listen)
    try:
        page = publication(pdf())
        with django_capture_on_commit_callbacks(execute=True):
            read_publication(page)
    finally:
        content_changed.disconnect(listen)
    assert (page.pk, "published", True) in heard


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "warned"), [(pdf(), False), (pdf(password="x"), True), (b"%PDF-", True), (pdf(words=" "), True)]
)
def test_editors_are_told_of_a_pdf_that_search_cannot_use(data: bytes, warned: bool) -> None:
    request = RequestFactory().get("/admin/")
    request.session = {}
    request._messages = FallbackStorage(request)
    warn_of_an_unreadable_pdf(request, publication(data))
    assert bool(list(request._messages)) is warned


@pytest.mark.django_db
def test_readers_find_particulars_abstract_and_download(client: Client) -> None:
    page = publication(
        pdf(), published="2013", series="Report", number="12", byline="A party", standfirst="What came."
    )
    read_publication(page)
    html = client.get("/en/publications/a-report/").content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    for words in ("Report 12", "A party", "What came.", "Download the PDF", "Cover of"):
        assert words in html
    shelf = client.get("/en/publications/").content.decode()
    html5lib.HTMLParser(strict=True).parse(shelf)
    assert "<picture>" in shelf


@pytest.mark.django_db
def test_a_publication_without_a_file_says_so(client: Client) -> None:
    make_publication(make_site()["en"])
    assert (
        "There is no file of this publication here."
        in client.get("/en/publications/a-report/").content.decode()
    )
