"""Does every piece of a body print what it should, and nothing that it must not?"""

from typing import Any

import html5lib
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template import Context, Template
from wagtail.rich_text import RichText

from pututu.media.models import DocumentFile
from pututu.shell.blocks import BodyBlock, ChartBlock, TextBlock, sanitise
from pututu.shell.rendering import plain_text
from tests.factories import make_site, make_story
from tests.pictures import make_picture

TABLE = {
    "columns": [{"type": "text", "heading": "Region"}, {"type": "number", "heading": "2012"}],
    "rows": [{"values": ["Huánuco", "7,000"]}],
    "caption": "",
}


def printed(*pieces: tuple[str, Any]) -> str:
    """The body as readers get it, checked to be valid HTML."""
    stream = BodyBlock().to_python([{"type": kind, "value": value} for kind, value in pieces])
    html = Template("{% load shell %}{% body stream %}").render(Context({"stream": stream}))
    page = f"<!doctype html><html lang=en><head><title>t</title></head><body>{html}</body></html>"
    html5lib.HTMLParser(strict=True).parse(page)
    return html


@pytest.mark.parametrize(
    "pasted",
    [
        "<script>alert(1)</script>",
        '<p onclick="alert(1)">x</p>',
        '<a href="javascript:alert(1)">x</a>',
        '<p style="color: red">x</p>',
        '<iframe src="https://tracker.example"></iframe>',
        '<img src="https://tracker.example/pixel.gif">',
        '<a href="data:text/html,x">x</a>',
    ],
)
def test_whatever_could_run_or_track_is_gone_when_text_is_kept(pasted: str) -> None:
    kept = TextBlock().get_prep_value(RichText(f"<p>before</p>{pasted}<p>after</p>"))
    for trace in ("script", "alert", "style", "iframe", "tracker", "data:"):
        assert trace not in kept
    assert "<p>before</p>" in kept
    assert "<p>after</p>" in kept


def test_good_markup_stays_as_it_was() -> None:
    good = (
        '<h2 data-block-key="a">Head</h2><p>Some <b>bold</b>, <i>italic</i>, <span lang="qu">ayllu</span>'
        '<sup>2</sup>, <a href="#s1">1</a>, <a href="https://x.example/?a=1&amp;b=2">out</a>, '
        '<a id="3" linktype="page">in</a>.</p><ul><li>one</li></ul>'
    )
    assert sanitise(good) == good


def test_text_is_sanitised_when_an_editor_sends_it() -> None:
    cleaned = TextBlock().clean(RichText("<p>a<script>b</script></p>"))
    assert cleaned.source == "<p>a</p>"


@pytest.mark.django_db
def test_text_is_sanitised_when_a_program_saves_it() -> None:
    home = make_site()["en"]
    story = make_story(
        home, body=[{"type": "text", "value": '<p onclick="x()">words</p><script>x()</script>'}]
    )
    story.body = story.body.stream_block.to_python([{"type": "text", "value": '<p onclick="x()">words</p>'}])
    story.save()
    story.refresh_from_db()
    assert story.body[0].value.source == "<p>words</p>"


def test_headings_get_addresses_of_their_own_over_all_pieces() -> None:
    html = printed(("text", "<h2>Coca</h2><p>x</p>"), ("text", "<h2>Coca</h2><p>y</p>"))
    assert 'id="h-coca"' in html
    assert 'id="h-coca-2"' in html


def test_a_quotation_says_its_language() -> None:
    html = printed(("quote", {"text": "¡Basta!", "speaker": "Una vecina", "language": "es"}))
    assert '<blockquote class="quote" lang="es">' in html
    assert "<footer>Una vecina</footer>" in html
    plain = printed(("quote", {"text": "Enough!", "speaker": "", "language": ""}))
    assert "lang=" not in plain
    assert "<footer>" not in plain


def test_an_embed_is_a_link_that_loads_nothing() -> None:
    html = printed(
        ("embed", {"url": "https://video.example.org/w/1", "title": "A talk", "length": "12 minutes"})
    )
    assert 'href="https://video.example.org/w/1"' in html
    assert "Leads to video.example.org" in html
    assert not any(f"<{tag}" in html for tag in ("iframe", "img", "video", "script", "link"))


def test_a_table_names_its_columns_and_rows() -> None:
    html = printed(("table", {"caption": "Hectares", "table": TABLE, "note": "As published."}))
    assert "<caption>Hectares</caption>" in html
    assert '<th scope="col" class="num">2012</th>' in html
    assert '<th scope="row">Huánuco</th>' in html
    assert '<td class="num">7,000</td>' in html


def chart(**changes: Any) -> dict[str, Any]:
    table = "| 2011 | 2012\nPeru | 62500 | 60400\nColombia | 64000 | 48000"
    value = {
        "title": "Two falls",
        "kind": "line",
        "unit": "hectares",
        "table": table,
        "scale_from": None,
        "note": "",
    }
    return {**value, **changes}


def test_a_chart_is_a_drawing_with_words_and_a_table() -> None:
    html = printed(("chart", chart(scale_from="45000")))
    assert 'role="img"' in html
    assert "the scale begins at 45,000" in html
    assert "Peru: from 62,500 (2011) to 60,400 (2012)." in html
    assert '<td class="num">60,400</td>' in html
    assert "the scale begins" not in printed(("chart", chart()))


def test_a_chart_that_can_no_longer_be_drawn_still_shows_its_figures() -> None:
    html = printed(("chart", chart(table="Peru: many")))
    assert "<svg" not in html
    assert "<pre>Peru: many</pre>" in html


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"table": "| 2011 | 2012\nPeru | 1 | many"}, "table", "Row 2: “many” is not a number"),
        ({"table": "| 2011 | 2012\nPeru | 1 | 2\nChile | 1"}, "table", "Row 3 (Chile)"),
        ({"kind": "bar", "scale_from": 1}, "scale_from", "Bars begin at nought"),
        ({"scale_from": 60000}, "scale_from", "The smallest number is 48000"),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_refused_in_words(
    changes: dict[str, Any], field: str, words: str
) -> None:
    block = ChartBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(chart(**changes)))
    assert words in str(refused.value.block_errors[field])
    assert block.clean(block.to_python(chart()))["title"] == "Two falls"


def test_two_charts_on_a_page_do_not_share_their_ids() -> None:
    html = printed(("chart", chart()), ("chart", chart(title="Another")))
    ids = [piece.split('"')[0] for piece in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids)) == 6


@pytest.mark.django_db
def test_a_picture_has_words_caption_credit_and_room() -> None:
    picture = make_picture(width=600, height=400)
    html = printed(("image", {"image": picture.pk, "caption": "The pit"}))
    assert 'alt="Terraces on a slope."' in html
    assert 'width="600" height="400"' in html
    assert 'loading="lazy"' in html
    assert "The pit" in html
    assert picture.credit in html


@pytest.mark.django_db
def test_a_gallery_shows_all_its_pictures() -> None:
    pictures = [{"image": make_picture(f"p{at}").pk, "caption": ""} for at in range(2)]
    html = printed(("gallery", {"title": "Two", "images": pictures}))
    assert html.count("<picture>") == 2


@pytest.mark.django_db
def test_a_document_says_its_type_and_size() -> None:
    file = ContentFile(b"x" * 2048, name="figures.csv")
    document = DocumentFile.objects.create(title="Figures", credit="The group", file=file)
    html = printed(("document", {"document": document.pk, "text": ""}))
    assert ">Figures</a>" in html
    assert "CSV, 2.0\xa0KB" in html


@pytest.mark.django_db
def test_related_pages_stand_in_the_order_chosen_and_only_public_ones() -> None:
    home = make_site()["en"]
    first, second, hidden = (make_story(home, title, slug=title) for title in ("alpha", "beta", "gamma"))
    hidden.unpublish()
    html = printed(("related", {"pages": [second.pk, hidden.pk, first.pk]}))
    assert html.index("beta") < html.index("alpha")
    assert "gamma" not in html


def test_a_callout_keeps_its_emphasis() -> None:
    html = printed(("callout", {"title": "What is it?", "text": "<p>Three <b>valleys</b>.</p>"}))
    assert "<b>valleys</b>" in html


def test_the_words_of_a_text_are_without_the_numbers_of_its_sources() -> None:
    html = '<p>Father of Keiko.<a href="#s3">3</a> <a href="/en/">In 12</a> cases.<sup>2</sup></p>'
    stream = BodyBlock().to_python([{"type": "text", "value": html}])
    assert plain_text(stream).split() == ["Father", "of", "Keiko.", "In", "12", "cases.2"]
