"""A demonstration's files become pages exactly as they are written."""

import io

import pypdfium2
import pytest
from PIL import Image

from pututu.operations.demonstration.body import pieces
from pututu.operations.demonstration.drawings import DRAWINGS, SIZE, draw
from pututu.operations.demonstration.papers import make_pdf
from pututu.operations.demonstration.source import UnreadableItem, read_item

CHART = """:::chart line "Two falls" unit="hectares" from="45000" note="Source 1."
| | 2011 | 2012 |
| Peru | 62500 | 60400 |
:::
"""


@pytest.fixture
def write(tmp_path):
    def write_file(text, name="a-story.md"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


def test_an_item_is_its_particulars_and_its_body(write):
    item = read_item(write('+++\ntitle = "A story"\ntranslation_of = "other"\n+++\nWords.\n'), "es", "news")
    assert (item.slug, item.original, item.facts["title"], item.body) == (
        "a-story",
        "other",
        "A story",
        "Words.",
    )


@pytest.mark.parametrize("text", ["Words only", "+++\ntitle = \n+++\nWords", '+++\ntitle = "x"\nWords'])
def test_a_broken_item_is_refused_by_name(write, text):
    with pytest.raises(UnreadableItem, match=r"broken\.md"):
        read_item(write(text, "broken.md"), "en", "news")


def test_prose_keeps_its_emphasis_sources_and_foreign_words():
    ((name, html),) = pieces("It *fell*.[^2] A [unión civil]{es} was **shelved**.")
    assert name == "text"
    assert '<i>fell</i>.<a href="#s2">2</a>' in html
    assert '<span lang="es">unión civil</span>' in html
    assert "<b>shelved</b>" in html


def test_a_chart_stands_between_the_prose_around_it():
    found = pieces(f"Before.\n\n{CHART}\nAfter.")
    assert [name for name, _value in found] == ["text", "chart", "text"]
    chart = found[1][1]
    assert (chart["title"], chart["kind"], chart["unit"], chart["scale_from"]) == (
        "Two falls",
        "line",
        "hectares",
        "45000",
    )
    assert chart["table"] == " | 2011 | 2012\nPeru | 62500 | 60400"


def test_quotations_and_tables_become_pieces_of_their_own():
    found = pieces("> Words said.\n> -- Somebody, 2013\n\n| Place | Dead |\n|---|---|\n| Puno | 9 |\n")
    assert found[0] == ("quote", {"text": "Words said.", "speaker": "Somebody, 2013", "language": ""})
    assert found[1][0] == "table"
    assert found[1][1]["table"]["rows"] == [{"values": ["Puno", "9"]}]


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_same_seed_draws_the_same_picture(name):
    first, again, other = draw(name, 3), draw(name, 3), draw(name, 4)
    assert first == again
    assert Image.open(io.BytesIO(first)).size == SIZE
    assert (other != first) or name in {"weave", "terraces"}


def test_a_publication_is_a_pdf_whose_words_can_be_read():
    pdf = make_pdf(
        title="The figures",
        group="The group",
        series="Update 7",
        date="May 2009",
        abstract="In short.",
        body="## Heading\n\nA paragraph with *stress*.[^1]\n\n- one\n- two\n",
        language="en",
    )
    pages = pypdfium2.PdfDocument(pdf)
    words = "\n".join(page.get_textpage().get_text_range() for page in pages)
    assert len(pages) == 2
    assert "The figures" in words
    assert "A paragraph with stress." in words
