"""How does a reader see an honest date?"""

from django.template import Context, Template

from pututu.lib.dates import HonestDate


def printed(source: str, value: object) -> str:
    return Template("{% load dates %}" + source).render(Context({"value": value})).strip()


def test_a_sure_day_has_a_knot_words_and_a_machine_readable_value() -> None:
    html = printed("{% honest_date value %}", HonestDate.parse("2013-12-16"))
    assert html.startswith('<p class="date">')
    assert 'href="#m-day"' in html
    assert '<time datetime="2013-12-16">' in html


def test_an_interval_has_words_but_no_machine_readable_value() -> None:
    html = printed("{% honest_date value %}", HonestDate.parse("2013-09-24/2013-09-30"))
    assert 'href="#m-span"' in html
    assert "<time" not in html
    assert "<time" in printed("{% honest_date value %}", HonestDate.parse("2013-09-24"))


def test_an_unknown_date_is_said_in_words() -> None:
    html = printed("{% honest_date value %}", HonestDate.unknown())
    assert 'href="#m-none"' in html
    assert "Date unknown" in html


def test_the_mark_of_an_event_is_a_ring() -> None:
    assert 'href="#m-event"' in printed(
        '{% honest_date value mark="event" %}', HonestDate.parse("2013-03-04")
    )
