"""Does every kind of source give its pages, addresses, times and declarations, and its broken parts a clear line?"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import zipfile
from pathlib import Path

import feedparser
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pututu.rescue.capture import Capture, Revisit, Unreadable
from pututu.rescue.sources import UnknownSource, media, open_source
from pututu.rescue.sources.folder import address_of, read_folder
from pututu.rescue.sources.rows import NoSuchField

PAGE = b"<html><head><title>A bridge</title></head><body><h1>A bridge</h1><p>It is open.</p></body></html>"


def of(path: Path, **how):
    found = list(open_source(path, **how))
    captures = [each for each in found if isinstance(each, Capture)]
    return captures, [each for each in found if isinstance(each, Unreadable)]


# --- a folder


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("www.psg.org/articles.php?position=720", "http://www.psg.org/articles.php?position=720"),
        ("www.psg.org/articles.php@position=720.html", "http://www.psg.org/articles.php?position=720"),
        ("www.psg.org/articles.php?position=720.html", "http://www.psg.org/articles.php?position=720"),
        ("www.psg.org/article-694.html", "http://www.psg.org/article-694.html"),
        ("www.psg.org/index.html", "http://www.psg.org/"),
        ("www.psg.org:8080/a.html", "http://www.psg.org:8080/a.html"),
        ("news/index.html", "/news/"),
        ("page.html", "/page.html"),
        ("año nuevo.html", "/a%C3%B1o%20nuevo.html"),
    ],
)
def test_a_file_s_name_tells_its_old_address(name: str, address: str):
    assert address_of(name) == address


def test_a_folder_gives_its_pages_in_order_and_what_httrack_wrote_into_them(tmp_path: Path):
    said = b"<!-- Mirrored from www.psg.org/articles.php?position=7 by HTTrack Website Copier/3.x"
    said += b" [XR&CO'2014], Sat, 12 Jan 2019 10:00:00 GMT -->"
    (tmp_path / "b4f3e.html").write_bytes(PAGE + said)
    (tmp_path / "a.html").write_bytes(PAGE)
    (tmp_path / "hts-cache").mkdir()
    (tmp_path / "hts-cache" / "new.html").write_bytes(PAGE)
    captures, faults = of(tmp_path, site="http://psg.org/")
    assert [each.address for each in captures] == [
        "http://psg.org/a.html",
        "http://www.psg.org/articles.php?position=7",
    ]
    assert [each.retrieved for each in captures] == [None, dt.datetime(2019, 1, 12, 10, tzinfo=dt.UTC)]
    assert not faults


def test_an_empty_folder_and_one_that_can_t_be_read_are_told(tmp_path: Path, monkeypatch):
    assert "The folder is empty" in str(*read_folder(tmp_path))
    (tmp_path / "a.html").write_text("<p>Here.</p>")
    shut = PermissionError(13, "Permission denied", "closed")

    def walk(root: Path, onerror):
        onerror(shut)
        yield str(root), [], ["a.html"]

    assert len(list(read_folder(tmp_path))) == 1
    monkeypatch.setattr("pututu.rescue.sources.folder.os.walk", walk)
    assert "closed: The folder can't be read" in str(list(read_folder(tmp_path))[-1])


def test_a_link_out_of_the_folder_and_a_huge_page_are_told_and_the_rest_goes_on(tmp_path: Path, monkeypatch):
    site, outside = tmp_path / "site", tmp_path / "secret.html"
    site.mkdir()
    outside.write_bytes(PAGE)
    (site / "a.html").symlink_to(outside)
    (site / "b.html").write_bytes(PAGE)
    (site / "c.html").symlink_to(site / "nowhere")
    monkeypatch.setattr("pututu.rescue.sources.folder.LARGEST", len(PAGE))
    (site / "d.html").write_bytes(PAGE + b"!")
    captures, faults = of(site)
    assert [each.address for each in captures] == ["/b.html"]
    assert [each.source for each in faults] == ["a.html", "c.html", "d.html"]


# --- web archives


def warc(records, *, is_packed: bool = True) -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=is_packed)
    for address, content, headers, kind in records:
        http = StatusAndHeaders("200 OK", list(headers.items()), protocol="HTTP/1.1")
        named = {"WARC-Date": "2014-03-24T12:00:00Z"}
        record = (
            writer.create_revisit_record(
                address, "sha1:AAA", "http://psg.org/first", "2014-01-01T00:00:00Z", http
            )
            if kind == "revisit"
            else writer.create_warc_record(
                address, kind, payload=io.BytesIO(content), http_headers=http, warc_headers_dict=named
            )
        )
        writer.write_record(record)
    return file.getvalue()


SOME = [
    ("http://psg.org/a", PAGE, {"Content-Type": "text/html; charset=utf-8"}, "response"),
    (
        "http://psg.org/b",
        gzip.compress(PAGE),
        {"Content-Type": "text/html", "Content-Encoding": "gzip"},
        "response",
    ),
    (
        "http://psg.org/c",
        b"5\r\n<html\r\n6\r\n></htm\r\n2\r\nl>\r\n0\r\n\r\n",
        {"Transfer-Encoding": "chunked"},
        "response",
    ),
    ("http://psg.org/d", PAGE, {"Content-Type": "image/jpeg"}, "response"),
    ("http://psg.org/e", b"%PDF-1.4 ...", {"Content-Type": "text/html"}, "response"),
    ("http://psg.org/f", b"", {}, "revisit"),
]


@pytest.mark.parametrize("is_packed", [True, False], ids=["gzipped", "plain"])
def test_a_web_archive_gives_bodies_without_codings_and_types_by_their_bytes(tmp_path: Path, is_packed: bool):
    path = tmp_path / "site.warc"
    path.write_bytes(warc(SOME, is_packed=is_packed))
    found = list(open_source(path))
    captures = [each for each in found if isinstance(each, Capture)]
    assert [each.content for each in captures] == [PAGE, PAGE, b"<html></html>", PAGE, b"%PDF-1.4 ..."]
    assert [each.media_type for each in captures] == ["text/html"] * 4 + ["application/pdf"]
    assert {each.retrieved for each in captures} == {dt.datetime(2014, 3, 24, 12, tzinfo=dt.UTC)}
    (revisit,) = [each for each in found if isinstance(each, Revisit)]
    assert (revisit.address, revisit.refers_to, revisit.digest) == (
        "http://psg.org/f",
        "http://psg.org/first",
        "sha1:AAA",
    )
    assert len(found) == len(SOME)


def test_of_a_damaged_archive_the_other_records_are_read(tmp_path: Path):
    parts = [warc([each]) for each in SOME[:5]]
    parts[2] = parts[2][:40] + b"\0\0\0garbage" + parts[2][60:]
    (tmp_path / "damaged.warc.gz").write_bytes(b"".join(parts))
    captures, faults = of(tmp_path / "damaged.warc.gz")
    assert {each.address[-1] for each in captures} >= {"a", "b", "d", "e"}
    assert faults
    (tmp_path / "cut.warc.gz").write_bytes(b"".join(parts[:2])[:-30])
    captures, faults = of(tmp_path / "cut.warc.gz")
    assert [each.address[-1] for each in captures] == ["a"]
    assert "cut" in str(faults[0])


def test_a_record_without_an_address_of_a_site_is_told_and_a_note_of_the_crawler_is_not(tmp_path: Path):
    odd = [
        (address, PAGE, {}, "response") for address in ("http://[bad/", "file:///etc/a.html", "dns:psg.org")
    ]
    (tmp_path / "odd.warc.gz").write_bytes(warc([*odd, SOME[0]]))
    captures, faults = of(tmp_path / "odd.warc.gz")
    assert [each.address for each in captures] == ["http://psg.org/a"]
    assert [str(each).partition(": ")[2] for each in faults] == [
        "“http://[bad/” is no address of a site.",
        "“file:///etc/a.html” is no address of a site.",
    ]


def test_a_bomb_is_told_and_never_unpacked_whole(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("pututu.rescue.sources.warc.LARGEST", 100_000)
    bomb = (
        "http://psg.org/bomb",
        gzip.compress(b"\0" * 50_000_000),
        {"Content-Encoding": "gzip"},
        "response",
    )
    (tmp_path / "bomb.warc.gz").write_bytes(warc([bomb, SOME[0]]))
    captures, faults = of(tmp_path / "bomb.warc.gz")
    assert [each.address for each in captures] == ["http://psg.org/a"]
    assert "unpacks to more than" in str(faults[0])


def test_a_wacz_gives_what_its_archives_hold(tmp_path: Path):
    path = tmp_path / "site.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        file.writestr("archive/data.warc.gz", warc(SOME))
        file.writestr("pages/pages.jsonl", "{}\n")
    captures, faults = of(path)
    assert (len(captures), faults) == (5, [])
    assert captures[0].source == "site.wacz, data.warc.gz, record 1"
    (tmp_path / "empty.wacz").write_bytes(b"PK\x05\x06" + b"\0" * 18)
    assert "No web archive" in str(of(tmp_path / "empty.wacz")[1][0])
    (tmp_path / "no.wacz").write_bytes(b"PK\x03\x04 no zip at all")
    assert "no WACZ" in str(of(tmp_path / "no.wacz")[1][0])


# --- WordPress


WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<wp:author><wp:author_login>rosa</wp:author_login>
<wp:author_display_name>Rosa Quispe</wp:author_display_name></wp:author>
{items}</channel></rss>"""
ITEM = """<item><title>A bridge</title><link>http://psg.org/?p=12</link>
<pubDate>Tue, 30 Nov -0001 00:00:00 +0000</pubDate>
<dc:creator>rosa</dc:creator><content:encoded><![CDATA[<p>It is open.</p>]]></content:encoded>
<excerpt:encoded><![CDATA[At last.]]></excerpt:encoded><wp:post_id>12</wp:post_id>
<wp:post_date>2013-09-24 10:00:00</wp:post_date>
<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt><wp:post_name>a-bridge</wp:post_name>
<wp:status>{state}</wp:status>
<wp:post_type>{kind}</wp:post_type><category domain="category">Mining</category><category>Uncategorized</category>
<wp:comment><wp:comment_author_email>secret@example.org</wp:comment_author_email></wp:comment></item>"""


def test_a_wordpress_export_gives_posts_with_all_that_it_declares_and_no_commenter(tmp_path: Path):
    path = tmp_path / "export.xml"
    items = [
        ITEM.format(state="publish", kind="post"),
        ITEM.format(state="private", kind="page"),
        ITEM.format(state="publish", kind="nav_menu_item"),
    ]
    path.write_text(WXR.format(items="".join(items)))
    captures, faults = of(path)
    first, second = captures
    said = first.declared
    assert said is not None
    assert second.declared is not None
    assert (first.address, first.content) == ("http://psg.org/?p=12", b"<p>It is open.</p>")
    assert (said.title, said.standfirst, said.author) == ("A bridge", "At last.", "Rosa Quispe")
    assert (said.state, said.slug, said.topics) == ("publish", "a-bridge", ("Mining",))
    assert list(said.dates.items()) == [
        ("wp:post_date_gmt", "0000-00-00 00:00:00"),
        ("pubDate", "Tue, 30 Nov -0001 00:00:00 +0000"),
        ("wp:post_date", "2013-09-24 10:00:00"),
    ]
    assert (second.declared.kind, second.declared.state) == ("page", "private")
    assert "secret@" not in repr(captures)
    assert not faults


def test_entities_of_an_xml_file_lead_nowhere_and_a_bomb_does_not_grow(tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("TOP SECRET")
    doctype = f"""<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "{"&a;" * 50}"><!ENTITY c "{"&b;" * 50}">
<!ENTITY d "{"&c;" * 50}">
<!ENTITY e "{"&d;" * 50}"><!ENTITY x SYSTEM "file://{secret}">]>"""
    text = WXR.format(items=ITEM.format(state="publish", kind="post").replace("At last.]]>", "]]>&x; &e;"))
    path = tmp_path / "export.xml"
    path.write_text(text.replace("?>\n", f"?>\n{doctype}\n", 1))
    captures, _faults = of(path)
    assert "TOP SECRET" not in repr(captures)
    assert sum(len(repr(each)) for each in captures) < 10_000


def test_a_damaged_export_gives_what_is_whole_and_says_where(tmp_path: Path):
    path = tmp_path / "export.xml"
    whole, broken = (
        ITEM.format(state="publish", kind="post"),
        ITEM.format(state="publish", kind="post").replace("</title>", ""),
    )
    path.write_text(WXR.format(items=whole + broken + whole))
    captures, faults = of(path)
    assert captures[0].declared is not None
    assert captures[0].declared.title == "A bridge"
    assert [each.source for each in faults] == ["export.xml, item 2"]
    assert len(captures) == 2


# --- feeds


RSS = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>PSG</title>
<item><title>A bridge &amp; a road</title><link>http://psg.org/a</link><description>At last.</description>
<content:encoded><![CDATA[<p>Open.</p>]]></content:encoded><category>Mining</category>
<pubDate>Tue, 24 Sep 2013 10:00:00 GMT</pubDate></item><item><title>Nowhere</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>PSG</title><entry xml:lang="es"><title>Un puente</title>
<link rel="self" href="http://psg.org/a.atom"/><link href="http://psg.org/a"/><id>tag:1</id>
<published>2013-09-24T10:00:00Z</published>
<updated>2014-01-01T00:00:00Z</updated><summary>Por fin.</summary><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>Abierto.</p></div></content></entry></feed>"""


def test_feeds_say_what_an_independent_reader_reads_in_them(tmp_path: Path):
    for text, address, body in (
        (RSS, "http://psg.org/a", b"<p>Open.</p>"),
        (ATOM, "http://psg.org/a", b"Abierto."),
    ):
        path = tmp_path / "feed.xml"
        path.write_text(text)
        first = of(path)[0][0]
        other = feedparser.parse(text).entries[0]
        assert first.declared is not None
        assert (first.address, first.declared.title) == (address, other.title)
        assert other.link == address
        assert next(iter(first.declared.dates.values())) == other.published
        assert body in first.content


def test_an_entry_without_an_address_is_told(tmp_path: Path):
    (tmp_path / "feed.xml").write_text(RSS)
    captures, faults = of(tmp_path / "feed.xml")
    assert (len(captures), str(faults[0]).startswith("feed.xml, entry 2 (Nowhere)")) == (1, True)
    assert captures[0].declared is not None
    assert captures[0].declared.standfirst == "At last."


def test_a_json_feed_gives_its_items(tmp_path: Path):
    item = {
        "id": "1",
        "url": "http://psg.org/a",
        "title": "A",
        "content_html": "<p>x</p>",
        "date_published": "2013-09-24",
        "tags": ["t"],
    }
    told = {"version": "https://jsonfeed.org/version/1.1", "items": [item, "no item"]}
    (tmp_path / "feed.json").write_text(json.dumps(told))
    captures, faults = of(tmp_path / "feed.json")
    assert captures[0].declared is not None
    assert (captures[0].declared.dates, captures[0].declared.topics) == (
        {"date_published": "2013-09-24"},
        ("t",),
    )
    assert len(faults) == 1


# --- tables


def test_lines_of_a_crawl_and_of_a_table_are_pages_by_their_columns_or_a_mapping(tmp_path: Path):
    lines = [
        {"address": "http://psg.org/a", "html": PAGE.decode(), "retrieved": "2014-03-24T12:00:00Z"},
        {"address": "javascript:alert(1)", "html": "x"},
    ]
    (tmp_path / "crawl.jsonl").write_text("\n".join([*map(json.dumps, lines), "{broken", '["list"]', ""]))
    captures, faults = of(tmp_path / "crawl.jsonl")
    assert [(each.content, each.retrieved, each.declared) for each in captures] == [
        (PAGE, dt.datetime(2014, 3, 24, 12, tzinfo=dt.UTC), None)
    ]
    assert [each.source for each in faults] == [
        "crawl.jsonl, line 2",
        "crawl.jsonl, line 3",
        "crawl.jsonl, line 4",
    ]
    (tmp_path / "old.csv").write_bytes(
        "Enlace;Rótulo;Fecha;Texto\nhttp://psg.org/b;Año;24/09/2013;<p>Sí</p>\n".encode("cp1252")
    )
    captures, faults = of(tmp_path / "old.csv", mapping={"title": "Rótulo"})
    assert captures[0].declared is not None
    assert not faults
    assert (captures[0].declared.title, captures[0].declared.dates) == ("Año", {"date": "24/09/2013"})
    with pytest.raises(NoSuchField, match="There are: address"):
        of(tmp_path / "old.csv", mapping={"colour": "Rótulo"})


def test_a_table_without_addresses_and_what_is_no_source_are_told(tmp_path: Path):
    (tmp_path / "old.csv").write_text("a,b\n1,2\n")
    assert "--map address=" in str(of(tmp_path / "old.csv")[1][0])
    (tmp_path / "x.bin").write_bytes(b"\x00\x01\x02")
    with pytest.raises(UnknownSource, match=r"x\.bin"):
        open_source(tmp_path / "x.bin")


def test_what_bytes_are_is_seen_in_them():
    assert media.media_type_of("<html>".encode("utf-16"), "image/png") == "text/html"
    assert media.media_type_of(b"document.write('<p>')", "text/javascript") == "text/javascript"
    assert media.media_type_of(b"words", "") == "text/plain"
