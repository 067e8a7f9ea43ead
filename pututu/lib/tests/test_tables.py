"""Are tables read as other programs write them, and written so that no spreadsheet executes them?"""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pututu.lib.tables import (
    DANGEROUS,
    UnreadableTable,
    csv_lines,
    guarded,
    read_rows,
    sniff_delimiter,
    sniff_encoding,
)

TEXT = "name;town\nJosé Ñahui;Cañete\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_the_encoding_is_found(encoding, found):
    file = io.BytesIO(TEXT.encode(encoding))
    assert sniff_encoding(file) == found
    rows = list(read_rows(file, encoding=found, delimiter=";"))
    assert rows == [(1, ["name", "town"]), (2, ["José Ñahui", "Cañete"])]


def test_an_accent_far_down_still_tells_the_encoding():
    far = b"name\n" + b"Ana\n" * 600_000 + "José\n".encode("cp1252")
    assert sniff_encoding(io.BytesIO(far)) == "cp1252"
    assert sniff_encoding(io.BytesIO(far[:-6])) == "utf-8"


@pytest.mark.parametrize("bytes_", [b"PK\x03\x04\x00\x00", b"\x81\x8d\x8f"])
def test_what_is_no_text_is_refused(bytes_):
    with pytest.raises(UnreadableTable):
        sniff_encoding(io.BytesIO(bytes_))


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(sign):
    other = ";" if sign == "," else ","
    assert sniff_delimiter(f'name{sign}town{sign}x\n"a{other}b{other}c"{sign}Lima{sign}y\n') == sign


def test_lines_are_numbered_as_an_editor_shows_them_and_empty_ones_left_out():
    text = 'a,b\n\n"two\nlines",x\n,\nlast,y\n'
    rows = list(read_rows(io.BytesIO(text.encode()), encoding="utf-8", delimiter=","))
    assert [line for line, _cells in rows] == [1, 3, 6]


def test_a_line_that_can_t_be_read_is_told_and_the_rest_goes_on():
    text = "a,b\n" + "x" * 200_000 + ",y\nlast,z\n"
    rows = list(read_rows(io.BytesIO(text.encode()), encoding="utf-8", delimiter=","))
    assert rows[0][1] == ["a", "b"]
    assert None in [cells for _line, cells in rows]
    assert rows[-1][1] == ["last", "z"]


@given(some.lists(some.lists(some.text(), min_size=1), min_size=1))
def test_no_cell_of_what_is_written_begins_a_formula(rows):
    text = "".join(csv_lines(rows)).removeprefix("\ufeff")
    read = list(csv.reader(io.StringIO(text, newline="")))
    for cells in read:
        assert not [cell for cell in cells if cell.startswith(DANGEROUS)]


def test_the_guard_leaves_other_cells_as_they_are():
    assert guarded("=1+1") == "'=1+1"
    assert [guarded(each) for each in ("Rosa", None, 5, "O'Brien")] == ["Rosa", "", "5", "O'Brien"]
