"""Is each row of a table read or told in a line, whatever stands in it, and is the rest read?"""

from __future__ import annotations

import json

import pytest

from pututu.rescue.bringing.running import MOST_FAULTS, Outcome, Source, look
from pututu.rescue.capture import Capture, Unreadable
from pututu.rescue.dating.site import read_site
from pututu.rescue.item import OldItem
from pututu.rescue.sources import open_source


def read(path, **how):
    found = list(open_source(path, **how))
    return [e for e in found if isinstance(e, Capture)], [str(e) for e in found if isinstance(e, Unreadable)]


def of(tmp_path, content, name="x.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_rows_of_one_address_are_one_item_and_the_other_says_so(tmp_path):
    rows = "address,title,html\n" + "http://old.example/a,A law,<p>One</p>\n" * 3 + "/b,B,<p>Two</p>\n"
    captures, faults = read(of(tmp_path, rows))
    assert (len(captures), faults) == (4, [])
    items = [each for each in read_site(captures) if isinstance(each, OldItem)]
    assert [item.address for item in items] == ["/b", "http://old.example/a"]


def test_empty_rows_are_passed_and_lines_are_still_counted_rightly(tmp_path):
    captures, faults = read(of(tmp_path, "address,html\n\n,,\n \n/a,x\n\nno address,x\n"))
    assert [each.source for each in captures] == ["x.csv, line 5"]
    assert faults == ["x.csv, line 7: “no address” is no address. It begins with http://, https:// or /."]


def test_a_mapping_of_a_column_that_is_not_there_is_told_once(tmp_path):
    path = of(tmp_path, "address,Fecha\n/a,3 May 2011\n/b,4 May 2011\n")
    captures, faults = read(path, mapping={"date": "Datum"})
    assert captures == []
    assert faults == ["x.csv: There is no column “Datum”. There are: address, Fecha."]
    assert len(read(path, mapping={"date": "Fecha"})[0]) == 2


def test_so_is_a_name_that_no_line_has(tmp_path):
    path = of(tmp_path, '{"address": "/a", "Fecha": "3 May 2011"}\n' * 3, "x.jsonl")
    captures, faults = read(path, mapping={"date": "Datum"})
    assert (len(captures), faults) == (
        3,
        ["x.jsonl: No line has “Datum”. Look at how you spelt it in --map."],
    )
    assert read(path, mapping={"date": "Fecha"})[1] == []


def test_ends_of_lines_of_all_sorts_in_one_file_are_ends_of_lines(tmp_path):
    captures, faults = read(of(tmp_path, b'address,html\r\n/a,x\n/b,y\r/c,"z\r\nz"\r\n/d,w'))
    assert [each.address for each in captures] == ["/a", "/b", "/c", "/d"]
    assert faults == []


def test_the_sign_of_zero_is_left_out(tmp_path):
    captures, _faults = read(
        of(tmp_path, b"address,title,html\n/a,A \0law,<p>Wo\0rds</p>\n" + b"/b,B,x\n" * 40)
    )
    assert [each.content for each in captures] == [b"<p>Words</p>", *[b"x"] * 40]


@pytest.mark.parametrize("megabytes", [10, 80])
def test_a_cell_of_megabytes_is_read_or_told_and_the_next_row_is_read(tmp_path, megabytes):
    large = b"<p>" + b"words and " * (megabytes << 20 >> 3)
    captures, faults = read(of(tmp_path, b"address,html\n/a," + large[: megabytes << 20] + b"\n/b,x\n"))
    assert [each.address for each in captures] == (["/a", "/b"] if megabytes < 64 else ["/b"])
    assert len(faults) == (megabytes > 64)


def test_of_very_many_faults_a_thousand_are_kept_and_all_counted(tmp_path):
    path = of(tmp_path, "address,html\n" + "nothing,x\n" * (MOST_FAULTS + 500) + "/a,<p>Words</p>\n")
    outcome = Outcome()
    assert len(list(look(Source((path,)), is_known=False, outcome=outcome))) == 1
    assert (len(outcome.faults), outcome.fault_count) == (MOST_FAULTS, MOST_FAULTS + 500)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2013-04-05T12:34:56Z", "2013-04-05T12:34:56+00:00"),
        ("2013-04-05T12:34:56", "2013-04-05T12:34:56+00:00"),
        ("2013-04-05 01:00:00+02:00", "2013-04-04T23:00:00+00:00"),
        ("20130405123456", "2013-04-05T12:34:56+00:00"),
        (1365165296, "2013-04-05T12:34:56+00:00"),
        ("1365165296123", "2013-04-05T12:34:56+00:00"),
        (1365165296.5, "2013-04-05T12:34:56+00:00"),
        (None, ""),
    ],
)
def test_when_a_page_was_retrieved_is_read_as_crawlers_write_it(tmp_path, said, meant):
    captures, faults = lines(tmp_path, {"address": "/a", "html": "<p>x</p>", "retrieved": said})
    assert [each.retrieved.isoformat() if each.retrieved else "" for each in captures] == [meant]
    assert not faults


@pytest.mark.parametrize("said", ["yesterday", "1969-12-31T23:59:59Z", "0", "99999999999999"])
def test_a_time_at_which_nothing_was_retrieved_is_told_and_the_page_is_read(tmp_path, said):
    captures, faults = lines(tmp_path, {"address": "/a", "html": "<p>x</p>", "retrieved": said})
    assert [each.retrieved for each in captures] == [None]
    assert f"line 1: “{said}” is no time at which it was retrieved" in str(faults[0])


def test_markup_in_a_title_or_summary_is_read_and_not_printed(tmp_path):
    said = {"title": "Q &amp; <em>A</em>, 1 < 2", "summary": "<p>One.</p><p>Two.</p>"}
    (page,), _faults = lines(tmp_path, {"address": "/a", "html": "<p>x</p>"} | said)
    assert (page.declared.title, page.declared.standfirst) == ("Q & A, 1 < 2", "One. Two.")


def lines(tmp_path, *rows):
    path = tmp_path / "old.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return read(path)
