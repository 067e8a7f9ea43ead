"""Staff give an old site as a file, see what was found, and let it come across in the background."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from pututu.pages.models import BasePage
from pututu.rescue.bringing import given
from pututu.rescue.models import RescueRun
from pututu.rescue.sources.zipped import UnsafeZip, unpack
from tests.factories import make_site, make_staff

PAGE = "<html lang='en'><body><h1>A law on springs</h1><p>It protects all springs.</p></body></html>"


def packed(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def written(tmp_path, names):
    path = tmp_path / "given.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in names.items():
            target.writestr(name, content)
    return path


@pytest.mark.parametrize(
    "name", ["../out.html", "/out.html", "a/../../out.html", "..\\out.html", "C:/out.html"]
)
def test_a_name_that_leads_out_is_refused_and_nothing_is_written(tmp_path, name):
    with pytest.raises(UnsafeZip):
        unpack(written(tmp_path, {"in.html": PAGE, name: PAGE}), tmp_path / "to")
    assert not list(tmp_path.rglob("*.html"))
    assert not list(tmp_path.parent.glob("out.html"))


def test_a_bomb_is_refused(tmp_path):
    with pytest.raises(UnsafeZip, match="fill the disk"):
        unpack(written(tmp_path, {"zeros.html": b"\0" * (8 << 20)}), tmp_path / "to")
    assert not (tmp_path / "to").exists()


def test_a_plain_zip_is_unpacked(tmp_path):
    unpack(written(tmp_path, {"old.example/a.html": PAGE}), tmp_path / "to")
    assert (tmp_path / "to" / "old.example" / "a.html").read_text() == PAGE


@pytest.fixture
def site(db):
    return make_site()


def give(client, name, content):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("rescue:give"), {"file": file, "site": ""}, follow=True)


def test_a_source_is_looked_at_and_comes_across_only_when_asked_for(site, client):
    client.force_login(make_staff("Publishers"))
    give(client, "old.zip", packed(**{"old.example__a.html": PAGE}))
    call_command("bring_old_sites")
    run = RescueRun.objects.get()
    assert (run.state, run.counts) == ("planned", {"create story": 1})
    assert not BasePage.objects.exists()
    page = client.get(reverse("rescue:run", args=[run.pk])).content.decode()
    assert "A law on springs" in page
    client.post(reverse("rescue:run", args=[run.pk]))
    call_command("bring_old_sites")
    run.refresh_from_db()
    assert (run.state, run.counts) == ("done", {"create": 1})
    assert BasePage.objects.get().title == "A law on springs"
    call_command("bring_old_sites")
    assert BasePage.objects.count() == 1


def test_what_is_no_source_fails_with_a_sentence(site, client):
    client.force_login(make_staff("Publishers"))
    give(client, "cat.jpg", b"\xff\xd8\xff meow")
    call_command("bring_old_sites")
    run = RescueRun.objects.get()
    assert run.state == "failed"
    assert "is no folder" in run.fault
    assert not list(given.folder().glob("draft-*"))


def test_who_may_not_gives_nothing(site, client):
    client.force_login(make_staff("Editors"))
    assert give(client, "old.zip", packed(a=PAGE)).status_code in (302, 403) or not RescueRun.objects.exists()
    assert not RescueRun.objects.exists()
