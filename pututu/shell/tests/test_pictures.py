"""Does a browser get a picture in a size and format that suits it?"""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Template

from pututu.shell.pictures import gather, responsive
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db


def test_a_large_picture_comes_in_three_widths_of_a_modern_format() -> None:
    found = responsive(make_picture(width=2000, height=1000))
    assert found is not None
    assert [source.media_type for source in found.sources] == ["image/webp"]
    assert [piece.split()[-1] for piece in found.sources[0].srcset.split(", ")] == ["480w", "960w", "1440w"]
    assert (found.width, found.height) == (960, 480)


def test_nothing_is_ever_enlarged() -> None:
    found = responsive(make_picture(width=300, height=200))
    assert found is not None
    assert [piece.split()[-1] for piece in found.sources[0].srcset.split(", ")] == ["300w"]


def test_a_drawing_stays_sharp_in_old_browsers() -> None:
    found = responsive(make_picture(form="PNG"))
    assert found is not None
    assert found.url.endswith(".png")


def test_a_lost_original_does_not_lose_the_page() -> None:
    picture = make_picture()
    (Path(settings.MEDIA_ROOT) / picture.file.name).unlink()
    assert responsive(picture) is None
    html = Template("{% load shell %}{% picture image %}").render(Context({"image": picture}))
    assert html.strip() == ""


def test_only_the_first_picture_in_view_is_not_lazy() -> None:
    source = "{% load shell %}{% picture image is_first=first %}"
    lazy, first = (
        Template(source).render(Context({"image": make_picture(), "first": first})) for first in (False, True)
    )
    assert 'loading="lazy"' in lazy
    assert 'loading="lazy"' not in first


def test_the_files_of_all_pictures_come_with_one_query(django_assert_num_queries: Any) -> None:
    pictures = [make_picture(f"p{at}") for at in range(3)]
    for picture in pictures:
        responsive(picture)
    again = [type(picture).objects.get(pk=picture.pk) for picture in pictures]
    with django_assert_num_queries(1):
        gather(again)
        assert all(responsive(picture) for picture in again)
