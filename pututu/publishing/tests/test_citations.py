"""Is a page cited with exactly what is known of it?"""

import datetime as dt
import json
from dataclasses import replace

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from pututu.lib.dates import HonestDate
from pututu.publishing.rules import Citation, bibtex, csl, plain_citation, ris, sure_parts, tex
from tests.factories import make_publication, make_site, make_story

COCA = Citation(
    kind="news",
    title="Coca & the state: 60% “eradicated”",
    author="",
    publisher="Peru Support Group",
    url="https://psg.example/en/news/coca/",
    language="en",
    date=HonestDate.parse("2013-09-24/2013-09-30"),
)


def dated(edtf: str, **changes: object) -> Citation:
    return replace(COCA, date=HonestDate.parse(edtf), **changes)


@pytest.mark.parametrize(
    ("edtf", "parts"),
    [
        ("2013-12-16", (2013, 12, 16)),
        ("2018-01", (2018, 1)),
        ("2013-09-24/2013-09-30", (2013, 9)),
        ("2015-03-10/2015-04-02", (2015,)),
        ("2014-12-28/2015-01-03", ()),
        ("1985~", ()),
        ("2003?", ()),
        ("[..2013-03-03]", ()),
        ("", ()),
    ],
)
def test_only_what_every_reading_of_a_date_shares_is_sure(edtf: str, parts: tuple[int, ...]) -> None:
    assert sure_parts(HonestDate.parse(edtf)) == parts


# --- plain text


def test_a_citation_is_one_line_a_footnote_could_have() -> None:
    assert plain_citation(dated("2013-12-16", title="Something rotten")) == (
        "Peru Support Group, “Something rotten”, 16 December 2013. https://psg.example/en/news/coca/"
    )


def test_an_undated_page_is_cited_as_undated_in_its_language() -> None:
    assert ", n.d. https" in plain_citation(dated(""))
    assert ", s. f. https" in plain_citation(dated("", language="es"))
    assert "n.d." not in plain_citation(dated("2013"))


def test_a_correction_and_a_retraction_are_cited() -> None:
    day = dt.date(2026, 11, 23)
    assert "corrected 23 November 2026" in plain_citation(dated("2013", changed_on=day))
    retracted = dated("2013", changed_on=day, changed_as="retraction")
    assert "retracted 23 November 2026" in plain_citation(retracted)
    assert "retracted 23 November 2026" in ris(retracted)
    assert "retractado el 23 de noviembre de 2026" in plain_citation(replace(retracted, language="es"))
    assert "corrected" not in plain_citation(dated("2013"))


# --- RIS


def test_ris_names_the_year_and_no_more_than_is_sure() -> None:
    assert "PY  - 2013\r\nDA  - 2013/12/16/\r\n" in ris(dated("2013-12-16"))
    assert "DA  - 2018/01//\r\n" in ris(dated("2018-01"))
    assert "DA  - 2013/09//\r\n" in ris(COCA)
    assert "N1  - Date: late September 2013 (EDTF 2013-09-24/2013-09-30)" in ris(COCA)


@pytest.mark.parametrize("edtf", ["", "1985~", "2014-12-28/2015-01-03", "[..2013-03-03]"])
def test_ris_names_no_year_that_is_not_sure(edtf: str) -> None:
    assert "PY  -" not in ris(dated(edtf))
    assert "DA  -" not in ris(dated(edtf))


def test_ris_begins_with_its_type_and_ends_its_record() -> None:
    lines = ris(COCA).split("\r\n")
    assert lines[0] == "TY  - NEWS"
    assert lines[-2:] == ["ER  - ", ""]


@given(st.text(max_size=60))
def test_no_title_can_break_out_of_its_line(title: str) -> None:
    lines = ris(dated("2013", title=f"x{title}")).split("\r\n")
    assert len(lines) == len(ris(dated("2013", title="x")).split("\r\n"))
    assert all(line[:6] == f"{line[:2]}  - " for line in lines[:-1])
    assert "\n" not in "".join(lines)


# --- BibTeX


def test_tex_specials_are_escaped_and_letters_of_the_andes_are_not() -> None:
    assert tex("50% of $1 & #2 {a_b} ~^ \\") == (
        r"50\% of \$1 \& \#2 \{a\_b\} \textasciitilde{}\textasciicircum{} \textbackslash{}"
    )
    assert tex("Muñoz, Müller, Kichwaʼs Ñuñoa") == "Muñoz, Müller, Kichwaʼs Ñuñoa"


def test_bibtex_writes_the_sure_date_and_keeps_the_whole_in_the_note() -> None:
    entry = bibtex(COCA)
    assert entry.startswith("@online{peru-support-group-2013-coca-the-state,")
    assert "  date = {2013-09}," in entry
    assert "EDTF 2013-09-24/2013-09-30" in entry
    assert r"Coca \& the state: 60\%" in entry
    assert "date = " not in bibtex(dated("1985~"))
    assert "peru-support-group-undated-" in bibtex(dated(""))


def test_a_group_of_authors_is_not_taken_apart_into_names() -> None:
    assert "author = {{Müller and Söhne}}," in bibtex(dated("2013", author="Müller and Söhne"))


@given(st.text(max_size=60))
def test_braces_stay_balanced_whatever_the_title(title: str) -> None:
    entry = bibtex(dated("2013", title=title)).replace(r"\{", "").replace(r"\}", "")
    depth = 0
    for sign in entry:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


def test_a_report_names_its_series_and_number() -> None:
    report = dated("2013-10", kind="publication", series="Report", number="12")
    assert bibtex(report).startswith("@report{")
    assert "number = {12}" in bibtex(report)
    assert "T3  - Report" in ris(report)
    assert csl(report)["collection-title"] == "Report"


# --- CSL-JSON


def test_csl_gives_parts_that_are_sure_words_where_none_is_and_nothing_for_unknown() -> None:
    assert csl(dated("2013-12-16"))["issued"] == {"date-parts": [[2013, 12, 16]]}
    assert csl(COCA)["issued"] == {"date-parts": [[2013, 9]]}
    assert csl(dated("1985~"))["issued"] == {"literal": "about 1985"}
    assert "issued" not in csl(dated(""))


# --- over the web


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "content_type"),
    [
        ("ris", "application/x-research-info-systems; charset=utf-8"),
        ("bib", "application/x-bibtex; charset=utf-8"),
        ("json", "application/vnd.citationstyles.csl+json"),
        ("txt", "text/plain; charset=utf-8"),
    ],
)
def test_each_format_can_be_downloaded_from_the_page(client: Client, form: str, content_type: str) -> None:
    make_story(make_site()["en"], "Coca", published="2013-12-16")
    response = client.get(f"/en/news/coca/cite.{form}")
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'attachment; filename="coca.{form}"'
    assert "Coca" in response.content.decode()


@pytest.mark.django_db
def test_a_publication_is_cited_as_a_report_in_json(client: Client) -> None:
    make_publication(make_site()["en"], "A report", byline="Ñusta Quispe", published="2013")
    item = json.loads(client.get("/en/publications/a-report/cite.json").content)[0]
    assert (item["type"], item["author"]) == ("report", [{"literal": "Ñusta Quispe"}])


@pytest.mark.django_db
def test_what_is_not_public_cannot_be_cited(client: Client) -> None:
    story = make_story(make_site()["en"], "Coca")
    assert client.get("/en/news/coca/cite.ris").status_code == 200
    story.unpublish()
    assert client.get("/en/news/coca/cite.ris").status_code == 404
    assert client.get("/en/news/cite.ris").status_code == 404
    assert client.get("/en/news/nothing/cite.ris").status_code == 404


def test_the_note_on_the_date_speaks_the_language_of_the_page() -> None:
    spanish = dated("2018-01", language="es", changed_on=dt.date(2026, 11, 23), changed_as="update")
    note = "Fecha: enero de 2018 (EDTF 2018-01); actualizado el 23 de noviembre de 2026"
    assert f"N1  - {note}" in ris(spanish)
    assert f"note = {{{note}}}" in bibtex(spanish)
    assert csl(spanish)["note"] == note
    assert csl(replace(spanish, date=HonestDate.unknown()))["note"].startswith("Fecha desconocida; ")
    assert csl(replace(spanish, language="qu"))["note"].startswith("Date: January 2018")
