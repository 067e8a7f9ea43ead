"""Do the reports and newsletters of which only a list tells become publications with its title, day and words?"""

from __future__ import annotations

import pytest

from pututu.media.models import DocumentFile
from pututu.publishing.models import PublicationPage
from pututu.rescue.bringing.applying import Into
from pututu.rescue.bringing.running import Outcome, Source, bring
from pututu.rescue.models import OldAddress
from tests.factories import make_site

pytestmark = pytest.mark.django_db
PDF = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
4 0 obj<</Title(Report %d)/CreationDate(D:20140101120000Z)>>endobj
trailer<</Size 5/Root 1 0 R/Info 4 0 R>>
%%%%EOF
"""
LIST = """<html lang="en"><head><title>Publications</title></head><body><h1>Publications</h1><ul>
<li><a href="docs/report1.pdf">The hidden cost of mining (PDF, 2 MB)</a><br>3 March 2010<br>
A study of four rivers in the Andes.</li>
<li><a href="docs/report2.pdf">Rivers without fish</a><br>31 December 1969<br>What happened to the lakes of Junín.</li>
<li><a href="docs/report3.pdf">Download the annual report</a><br>April 2010</li>
<li><a href="docs/report9.pdf">A report that nobody captured</a><br>May 2010</li></ul></body></html>"""


@pytest.fixture
def mirror(tmp_path):
    docs = tmp_path / "mirror" / "old.example" / "docs"
    docs.mkdir(parents=True)
    (docs.parent / "publications.html").write_text(LIST, encoding="utf-8")
    for number in (1, 2, 3):
        (docs / f"report{number}.pdf").write_bytes(PDF % number)
    return tmp_path / "mirror"


@pytest.fixture
def site():
    return make_site()


def brought(mirror):
    steps = bring(Source((mirror,)), Into(), outcome=Outcome())
    return {done.item.address.rpartition("/")[2]: done for done in steps}


def test_a_document_is_a_publication_with_what_its_list_says_of_it(site, mirror):
    done = brought(mirror)
    assert {name: str(each.item.kind) for name, each in done.items()} == {
        "report1.pdf": "publication",
        "report2.pdf": "publication",
        "report3.pdf": "asset",  # "Download …" says what to do, and not what it is
        "publications.html": "list",
    }
    page = PublicationPage.objects.get(title="The hidden cost of mining")
    assert (page.published.edtf, page.standfirst) == ("2010-03-03", "A study of four rivers in the Andes.")
    assert page.document == DocumentFile.objects.get(title__contains="hidden cost")
    lost = PublicationPage.objects.get(title="Rivers without fish")
    assert lost.published.is_unknown
    assert "later scan" in done["report2.pdf"].item.reason


def test_its_old_address_leads_to_its_page_and_a_second_run_changes_nothing(site, mirror):
    brought(mirror)
    row = OldAddress.objects.get(path="/docs/report1.pdf")
    assert row.item.page.title == "The hidden cost of mining"
    again = brought(mirror)
    assert {
        str(each.decision.act) for name, each in again.items() if name in ("report1.pdf", "report2.pdf")
    } == {"leave"}
    assert PublicationPage.objects.count() == DocumentFile.objects.count() == 2


def test_on_a_page_of_newsletters_a_title_alone_makes_a_publication_and_elsewhere_it_does_not(site, mirror):
    bare = '<li><a href="docs/report{0}.pdf">Newsletter {0}</a> (with pictures)</li>'
    items = "".join(bare.format(number) for number in (1, 2, 3))
    page = f"<html><body><h1>Newsletters</h1><ul>{items}</ul></body></html>"
    (mirror / "old.example" / "publications.html").unlink()
    for name, kind in (("links.html", "asset"), ("newsletters.html", "publication")):
        (mirror / "old.example" / name).write_text(page, encoding="utf-8")
        done = brought(mirror)
        assert str(done["report2.pdf"].item.kind) == kind
        (mirror / "old.example" / name).unlink()
    assert PublicationPage.objects.count() == 3
    assert all(each.published.is_unknown for each in PublicationPage.objects.all())
