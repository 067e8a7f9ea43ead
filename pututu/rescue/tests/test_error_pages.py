"""Which pages say that there is no page, though the server said that all is well, and which stories only sound so?"""

from __future__ import annotations

import pytest

from pututu.rescue.capture import Capture, Declared
from pututu.rescue.item import ItemKind
from pututu.rescue.reading import read_page


def kind(title: str, text: str = "", **more: object) -> ItemKind:
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
    given = {
        "address": "http://a.example/n/7.html",
        "content": page.encode(),
        "media_type": "text/html",
        "source": "s",
    }
    return read_page(Capture(**given, **more)).kind  # type: ignore[arg-type]  # its fields, one by one


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("404 Not Found", ""),
        ("Error 404 (Not Found)!!1", ""),
        ("Group – 404", "Sorry."),
        ("Page not found | Peru Support Group", ""),
        ("Página no encontrada – Grupo", ""),
        ("Oops! That page can’t be found.", "It looks like nothing was found at this location."),
        ("Not Found", "The requested URL /x was not found on this server."),
        ("Peru Support Group", "The page you are looking for could not be found."),
        ("Peru Support Group", "Lo sentimos, la página que busca no existe."),
        ("500 Internal Server Error", ""),
        ("Access denied", "You may not read this."),
    ],
)
def test_a_page_that_says_that_there_is_none_is_an_error(title: str, text: str) -> None:
    assert kind(title, text) is ItemKind.ERROR


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("404 killed in the floods of Piura", "The rain goes on."),
        ("A walk along river 404", "It is long."),
        ("Justice does not exist in Puno", "So the mothers of the missing say."),
        ("The search ends", "The bodies of the miners were not found."),
        ("Access denied to the files of the mine", "The court says no."),
        ("Missing | Peru Support Group", "She is missing since May."),
    ],
)
def test_a_story_is_none_however_it_sounds(title: str, text: str) -> None:
    assert kind(title, text) is ItemKind.STORY


def test_what_an_export_calls_a_post_is_one() -> None:
    assert kind("Access denied", "A poem.", declared=Declared(kind="post")) is ItemKind.STORY
    assert kind("Access denied", "A poem.", declared=Declared(kind="post"), status=404) is ItemKind.ERROR
