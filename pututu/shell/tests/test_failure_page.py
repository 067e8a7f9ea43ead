"""What do readers see when the site itself fails?"""

import html5lib
import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import server_error


def test_the_failure_page_needs_no_database_and_speaks_both_languages() -> None:
    response = server_error(RequestFactory().get("/"))  # a test without the database mark may not touch it
    html = response.content.decode()
    assert response.status_code == 500
    assert "Something broke" in html
    assert 'lang="es"' in html
    assert finders.find("shell/failure.css")


def test_the_failure_page_is_valid_html() -> None:
    html5lib.HTMLParser(strict=True).parse(render_to_string("500.html"))
    with pytest.raises(html5lib.html5parser.ParseError):
        html5lib.HTMLParser(strict=True).parse("<!doctype html><p></b>")


@pytest.mark.django_db
def test_a_view_that_fails_answers_with_the_failure_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_accents: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("pututu.shell.views.stylesheet", fail)
    client.raise_request_exception = False
    assert "Algo falló" in client.get("/style/0123456789abcdef.css").content.decode()
