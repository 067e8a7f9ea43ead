"""Do sitemaps and PDFs say which pages there were and when they were made, and never more than they know?"""

from __future__ import annotations

import pytest

from pututu.rescue.capture import Capture
from pututu.rescue.dating.claims import claims_of
from pututu.rescue.dating.quotes import is_found
from pututu.rescue.dating.site import read_site
from pututu.rescue.dating.verdict import judge
from pututu.rescue.item import Basis, ItemKind, OldItem
from pututu.rescue.reading.page import read_page

SITE = "http://www.old.example"
NEWS = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{SITE}/dam.html</loc><lastmod>2019-09-09</lastmod>
<news:news><news:publication_date>2013-05-06</news:publication_date><news:title>A dam</news:title></news:news></url>
<url><loc>{SITE}/road.html</loc><lastmod>2019-09-10</lastmod></url>
<url><loc>{SITE}/zero.html</loc><news:news><news:publication_date>1970-01-01</news:publication_date></news:news></url>
<url><loc>javascript:alert(1)</loc><lastmod>2011-01-01</lastmod></url><url></url>
</urlset>"""
INDEX = (
    f"<sitemapindex><sitemap><loc>{SITE}/news.xml</loc><lastmod>2018-01-01</lastmod></sitemap></sitemapindex>"
)
TEXT = (
    "Those who live by the river were heard in Lima today, and the company was told to come back with a plan. "
    * 3
)


def capture(path: str, content: str, media_type: str = "application/xml") -> Capture:
    return Capture(address=SITE + path, content=content.encode(), media_type=media_type, source="mirror")


def page(path: str) -> Capture:
    return capture(path, f"<html><body><h1>Of {path}</h1><p>{path} {TEXT}</p></body></html>", "text/html")


def found(*captures: Capture) -> dict[str, OldItem]:
    return {each.address[len(SITE) :]: each for each in read_site(captures) if isinstance(each, OldItem)}


def test_news_are_dated_by_the_sitemap_that_says_when_they_were_published() -> None:
    sitemap = capture("/news.xml", NEWS)
    items = found(sitemap, page("/dam.html"), page("/road.html"), page("/zero.html"))
    dam = items["/dam.html"]
    assert dam.published is not None
    assert (dam.published.edtf, dam.basis) == ("2013-05-06", Basis.OTHER_PAGE)
    assert all(is_found(quote, sitemap) for quote in dam.evidence if "news.xml" in quote.where)


def test_the_day_of_a_change_and_a_zero_date_nothing_and_are_told() -> None:
    items = found(capture("/news.xml", NEWS), page("/road.html"), page("/zero.html"))
    assert (items["/road.html"].published, items["/zero.html"].published) == (None, None)
    assert "2019-09-10" in items["/road.html"].reason
    assert items["/zero.html"].stand_in == "1970-01-01"


def test_the_pages_that_a_sitemap_names_are_heard_of_and_none_is_invented() -> None:
    reading = read_page(capture("/news.xml", NEWS))
    assert reading.kind is ItemKind.LIST
    assert reading.links == (f"{SITE}/dam.html", f"{SITE}/road.html", f"{SITE}/zero.html")
    assert read_page(capture("/sitemap.xml", INDEX)).links == (f"{SITE}/news.xml",)
    items = found(capture("/news.xml", NEWS))
    assert set(items) == {"/news.xml", "/dam.html"}  # of the others nobody knows so much as a title
    assert items["/dam.html"].listed_on == f"{SITE}/news.xml"


@pytest.mark.parametrize(
    ("particulars", "text"),
    [
        ("<xmp:CreateDate>2010-01-02T10:00:00Z</xmp:CreateDate>", "2010-01-02T10:00:00Z"),
        ("<rdf:Description xmp:CreateDate='2010-01-02T10:00:00Z'/>", "2010-01-02T10:00:00Z"),
        (
            "/CreationDate (D:20090305120000Z) <xmp:CreateDate>2010-01-02</xmp:CreateDate>",
            "D:20090305120000Z",
        ),
    ],
)
def test_the_day_on_which_a_pdf_was_made_is_told_and_dates_nothing(particulars: str, text: str) -> None:
    file = capture("/report.pdf", f"%PDF-1.5 {particulars} %%EOF", "application/pdf")
    said = [each for each in read_page(file).said if each.extractor == "pdf"]
    assert [each.text for each in said] == [text]
    assert is_found(read_page(file).quote(said[0]), file)
    assert judge(claims_of(read_page(file)), file.address).published is None


def test_other_xml_and_broken_sitemaps_stay_files_or_give_what_is_whole() -> None:
    assert read_page(capture("/data.xml", "<data><loc>x</loc></data>")).kind is ItemKind.ASSET
    assert len(read_page(capture("/news.xml", NEWS[:600])).links) >= 1
    bomb = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + INDEX.replace("2018-01-01", "&a;")
    assert "root" not in str(read_page(capture("/sitemap.xml", bomb)).entries)
