"""A photograph does not tell where it was taken."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images.forms import get_image_form

from pututu.media.metadata import without_metadata
from pututu.media.models import Picture

CAMERA, ORIENTATION, GPS = 0x010F, 0x0112, 0x8825


def photograph(kind="JPEG", *, turned=False):
    exif = Image.Exif()
    exif[CAMERA] = "Secret camera"
    exif[GPS] = {1: "S", 2: (13.0, 31.0, 0.0)}
    if turned:
        exif[ORIENTATION] = 6
    kept = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(kept, kind, exif=exif)
    return kept.getvalue()


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_place_and_camera_are_taken_out(kind):
    content = photograph(kind)
    assert opened(content).getexif()[CAMERA] == "Secret camera"  # the control
    clean = without_metadata(content)
    assert not opened(clean).getexif()
    assert b"Secret camera" not in clean
    assert opened(clean).format == kind


def test_a_turned_photograph_stands_upright_afterwards():
    assert opened(photograph(turned=True)).size == (40, 20)
    assert opened(without_metadata(photograph(turned=True))).size == (20, 40)


def test_a_picture_that_says_nothing_comes_back_as_it_is():
    kept = io.BytesIO()
    Image.new("RGB", (4, 4)).save(kept, "PNG")
    assert without_metadata(kept.getvalue()) == kept.getvalue()


@pytest.mark.django_db
def test_the_form_keeps_only_the_clean_file():
    file = SimpleUploadedFile("march.jpg", photograph(turned=True), "image/jpeg")
    data = {"title": "March", "description": "A march.", "credit": "The group", "tags": "", "collection": "1"}
    form = get_image_form(Picture)(data, {"file": file})
    assert form.is_valid(), form.errors
    picture = form.save()
    with picture.file.open() as kept:
        assert not opened(kept.read()).getexif()
    assert (picture.width, picture.height) == (20, 40)
