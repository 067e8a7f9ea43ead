"""Do readers get one small stylesheet in the group's colours?"""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from pututu.shell.models import SiteSettings
from pututu.shell.rules import DARK_PAPER, LEAST_SHAPE_CONTRAST, Accents, contrast, mix, too_pale
from pututu.shell.styles import squeeze, stylesheet

BLUE = Accents(light="#1b4f9c", dark="#9ab8e9")
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_the_accents_of_the_group_stand_in_the_stylesheet() -> None:
    assert "--accent:light-dark(#1b4f9c,#9ab8e9)" in stylesheet(BLUE).text
    assert "--accent:light-dark(#1b4f9c" not in stylesheet(Accents()).text


def test_other_colours_have_another_address() -> None:
    assert stylesheet(BLUE).digest != stylesheet(Accents()).digest
    assert stylesheet(BLUE).digest == stylesheet(Accents(light="#1b4f9c", dark="#9ab8e9")).digest


def test_whatever_is_not_a_colour_never_gets_into_the_stylesheet() -> None:
    assert Accents.of("red;}body{display:none", "#9ab8e9") == Accents(dark="#9ab8e9")
    assert Accents.of("#1b4f9c", "#9ab8e9") == BLUE


@given(colours, colours.filter(lambda colour: not too_pale(colour, DARK_PAPER)))
def test_cords_can_be_seen_on_dark_paper_whatever_the_accents(light: str, dark: str) -> None:
    assert contrast(Accents(light, dark).dark_dye, DARK_PAPER) >= LEAST_SHAPE_CONTRAST


@given(colours, colours)
def test_a_mixture_begins_and_ends_with_its_parts(one: str, other: str) -> None:
    assert (mix(one, other, 0), mix(one, other, 1)) == (one, other)


def test_every_font_named_in_the_stylesheet_exists() -> None:
    fonts = re.findall(r"url\(/static/([^)]+)\)", stylesheet(Accents()).text)
    assert len(fonts) == 3
    assert all(finders.find(font) for font in fonts)


def test_the_stylesheet_is_small() -> None:
    assert len(gzip.compress(stylesheet(Accents()).text.encode())) < 10_000


def test_braces_are_balanced_in_the_joined_stylesheet() -> None:
    text = stylesheet(Accents()).text
    assert text.count("{") == text.count("}")


def test_squeezing_drops_comments_and_keeps_rules() -> None:
    assert squeeze("/* why */\n  a { color: red; }\n") == "a { color: red; }\n"


@pytest.mark.django_db
def test_the_present_address_is_kept_for_ever_and_an_old_one_is_not(client: Client) -> None:
    SiteSettings.objects.update_or_create(pk=1, defaults={"accent": BLUE.light, "accent_dark": BLUE.dark})
    present = client.get(f"/style/{stylesheet(BLUE).digest}.css")
    old = client.get("/style/0123456789abcdef.css")
    assert "immutable" in present["Cache-Control"]
    assert old["Cache-Control"] == "no-cache"
    assert old.content == present.content


@pytest.mark.django_db
def test_the_icon_is_drawn_in_the_accent(client: Client) -> None:
    SiteSettings.objects.update_or_create(pk=1, defaults={"accent": BLUE.light, "accent_dark": BLUE.dark})
    response = client.get("/icon.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert BLUE.light in response.content.decode()
