"""Staff give an old site as a file, see what was found, and let it come across in the background."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from pututu.accounts.models import User
from pututu.pages.models import BasePage
from pututu.publishing.models import StoryIndexPage, StoryPage
from pututu.rescue.bringing import given
from pututu.rescue.models import OldAddress, RescuedItem, RescueRun
from pututu.rescue.sources.zipped import UnsafeZip, is_wacz, unpack
from tests.factories import make_site, make_staff, section_of

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
def test_a_name_that_leads_out_is_told_and_written_nowhere_and_the_rest_is_unpacked(tmp_path, name):
    (fault,) = unpack(written(tmp_path, {"in.html": PAGE, name: PAGE}), tmp_path / "to")
    assert "out.html" in str(fault)
    assert "leads out of the folder" in str(fault)
    assert [each.name for each in tmp_path.rglob("*.html")] == ["in.html"]
    assert not list(tmp_path.parent.glob("out.html"))


def test_a_bomb_is_left_out_and_alone_refused(tmp_path):
    bomb = {"zeros.html": b"\0" * (8 << 20)}
    (fault,) = unpack(written(tmp_path, {"in.html": PAGE, **bomb}), tmp_path / "to")
    assert "fill the disk" in str(fault)
    with pytest.raises(UnsafeZip, match="fill the disk"):
        unpack(written(tmp_path, bomb), tmp_path / "alone")
    assert not (tmp_path / "alone").exists()


def test_an_empty_zip_and_a_locked_one_are_refused_in_words(tmp_path):
    with pytest.raises(UnsafeZip, match="holds no file"):
        unpack(written(tmp_path, {}), tmp_path / "to")
    locked = bytearray(written(tmp_path, {"a.html": PAGE}).read_bytes())
    for sign, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        locked[locked.index(sign) + at] |= 1
    (tmp_path / "locked.zip").write_bytes(locked)
    with pytest.raises(UnsafeZip, match="locked with a password"):
        unpack(tmp_path / "locked.zip", tmp_path / "to")
    assert not (tmp_path / "to").exists()


def test_one_damaged_file_of_a_zip_is_told_and_the_rest_is_unpacked(tmp_path):
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w") as target:
        target.writestr("a.html", PAGE)
        target.writestr("b.html", PAGE.replace("springs", "rivers!"))
    whole.write_bytes(whole.read_bytes().replace(b"rivers!", b"r?vers!", 1))
    (fault,) = unpack(whole, tmp_path / "to")
    assert "b.html" in str(fault)
    assert [each.name for each in (tmp_path / "to").iterdir()] == ["a.html"]


def test_a_folder_called_archive_makes_no_web_archive_of_a_zip(tmp_path):
    assert not is_wacz(written(tmp_path, {"archive/2009/a.html": PAGE}))
    assert is_wacz(written(tmp_path, {"archive/data.warc.gz": b"", "archive/2009/a.html": PAGE}))


def test_a_plain_zip_is_unpacked(tmp_path):
    unpack(written(tmp_path, {"old.example/a.html": PAGE}), tmp_path / "to")
    assert (tmp_path / "to" / "old.example" / "a.html").read_text() == PAGE


@pytest.fixture
def site(db):
    return make_site()


def give(client, name, content, **more):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("rescue:give"), {"file": file, "site": "", **more}, follow=True)


def bring(client, run):
    client.post(reverse("rescue:run", args=[run.pk]))
    call_command("bring_old_sites")
    run.refresh_from_db()


def undo(client, run):
    client.post(reverse("rescue:run", args=[run.pk]), {"undo": "1"})
    call_command("bring_old_sites")
    run.refresh_from_db()


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
    assert (run.state, run.counts) == ("done", {"create story": 1})
    assert BasePage.objects.get().title == "A law on springs"
    call_command("bring_old_sites")
    assert BasePage.objects.count() == 1


def test_who_waits_is_told_stage_by_stage_how_far_it_is(site, client, monkeypatch):
    client.force_login(make_staff("Publishers"))
    monkeypatch.setattr(given, "MOMENT", 0)
    told, step = [], given.Progress.step

    def watched(progress, stage):
        step(progress, stage)
        told.append(status(client, progress.run))

    monkeypatch.setattr(given.Progress, "step", watched)
    give(client, "old.zip", packed(**TWO))
    run = RescueRun.objects.get()
    assert status(client, run) == "Is being looked at: it begins in a moment …"
    call_command("bring_old_sites")
    client.post(reverse("rescue:run", args=[run.pk]))
    assert status(client, run) == "Is being brought across: it begins in a moment …"
    call_command("bring_old_sites")
    assert told == [
        *(
            f"Is being looked at: {stage}, {n} …"
            for stage in ("reading", "dating", "comparing")
            for n in (1, 2)
        ),
        *(
            f"Is being brought across: {stage}, {n} …"
            for stage in ("reading", "dating", "writing")
            for n in (1, 2)
        ),
    ]
    assert status(client, run) == "Brought across"


def test_what_came_is_one_step_away(site, client):
    client.force_login(make_staff("Publishers"))
    run = given_and_planned(client, section=news_of(site).pk)
    bring(client, run)
    page = client.get(reverse("rescue:run", args=[run.pk])).content.decode()
    assert f'href="{reverse("wagtailadmin_explore", args=[news_of(site).pk])}"' in page


def status(client, run):
    page = client.get(reverse("rescue:run", args=[run.pk])).content.decode()
    return re.search(r'id="run-state"[^>]*>([^<]+)<', page)[1]


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


# --- into which section, and public or not

OTHER = PAGE.replace("A law on springs", "A bridge").replace(
    "It protects all springs.", "It is opened in May."
)
TWO = {"old.example__a.html": PAGE, "old.example__b.html": OTHER}


def news_of(site):
    return section_of(site["en"], StoryIndexPage)


def given_and_planned(client, **more):
    give(client, "old.zip", packed(**TWO), **more)
    call_command("bring_old_sites")
    return RescueRun.objects.get()


def test_a_section_takes_it_as_drafts_or_published_as_was_asked(site, client):
    client.force_login(make_staff("Publishers"))
    run = given_and_planned(client, section=news_of(site).pk)
    assert (
        "It goes into “News” as drafts." in client.get(reverse("rescue:run", args=[run.pk])).content.decode()
    )
    bring(client, run)
    assert {page.live for page in StoryPage.objects.child_of(news_of(site))} == {False}
    RescueRun.objects.all().delete()
    RescuedItem.objects.all().delete()
    StoryPage.objects.all().delete()
    run = given_and_planned(client, section=news_of(site).pk, is_published="on")
    bring(client, run)
    assert [page.live for page in StoryPage.objects.child_of(news_of(site))] == [True, True]


def test_publishing_needs_a_section_and_the_right_to_publish_there(site, client):
    client.force_login(make_staff("Publishers"))
    assert (
        "Choose a section too" in give(client, "old.zip", packed(**TWO), is_published="on").content.decode()
    )
    assert not RescueRun.objects.exists()
    assert give(client, "old.zip", packed(**TWO), section=site["en"].pk).context["form"].errors["section"]
    assert not RescueRun.objects.exists()


def test_who_lost_the_right_meanwhile_brings_nothing_into_the_section(site, client):
    user = make_staff("Publishers")
    client.force_login(user)
    run = given_and_planned(client, section=news_of(site).pk, is_published="on")
    client.post(reverse("rescue:run", args=[run.pk]))
    user.groups.clear()
    User.objects.filter(pk=user.pk).update(is_superuser=False)
    call_command("bring_old_sites")
    assert [page.live for page in StoryPage.objects.all()] == [False, False]
    assert not StoryPage.objects.child_of(news_of(site)).exists()


def test_scraped_text_keeps_its_own_name(site, client):
    client.force_login(make_staff("Publishers"))
    text = "  • A dam\n\n    12 June 2010\n\n    Work has begun.\n"
    give(client, "list of 2010.txt", text.encode())
    call_command("bring_old_sites")
    bring(client, RescueRun.objects.get())
    assert RescuedItem.objects.get().address == "/list%20of%202010.txt#a-dam-2010-06-12"


# --- taken back


def test_a_run_is_taken_back_and_can_come_again(site, client):
    client.force_login(make_staff("Publishers"))
    run = given_and_planned(client)
    bring(client, run)
    assert "Take this run back" in client.get(reverse("rescue:run", args=[run.pk])).content.decode()
    undo(client, run)
    assert (run.state, BasePage.objects.count(), RescuedItem.objects.count()) == ("undone", 0, 0)
    row = OldAddress.objects.get(path="/a.html")
    assert (row.outcome, "taken back" in row.reason) == ("unresolved", True)
    assert client.get("/a.html", follow=True).status_code == 404
    give(client, "old.zip", packed(**TWO))
    call_command("bring_old_sites")
    bring(client, RescueRun.objects.first())
    assert StoryPage.objects.count() == 2


def test_what_somebody_edited_published_or_decided_stays(site, client):
    user = make_staff("Publishers")
    client.force_login(user)
    pages = {
        f"old.example__{name}.html": PAGE.replace("springs", name)
        for name in ("wells", "lakes", "seas", "rain")
    }
    give(client, "old.zip", packed(**pages))
    call_command("bring_old_sites")
    run = RescueRun.objects.get()
    bring(client, run)
    edited, public, decided = (
        StoryPage.objects.get(title=f"A law on {name}") for name in ("wells", "lakes", "seas")
    )
    edited.standfirst = "A word of our own."
    edited.save_revision(user=user)
    public.save_revision().publish()
    row = RescuedItem.objects.get(page=decided)
    client.post(reverse("rescue:decide"), {"items": [row.pk], "act": "keep", "words": ""})
    undo(client, run)
    assert set(StoryPage.objects.values_list("title", flat=True)) == {
        f"A law on {n}" for n in ("wells", "lakes", "seas")
    }
    assert "3 pages stayed" in client.get(reverse("rescue:run", args=[run.pk])).content.decode()


def test_only_what_was_brought_across_is_taken_back(site, client):
    client.force_login(make_staff("Publishers"))
    run = given_and_planned(client)
    undo(client, run)
    assert run.state == "planned"


def test_who_may_not_delete_takes_nothing_back(site, client):
    client.force_login(make_staff("Publishers"))
    run = given_and_planned(client)
    bring(client, run)
    RescueRun.objects.filter(pk=run.pk).update(
        state="undoing", by=make_staff("Treasurers", email="t@example.org")
    )
    call_command("bring_old_sites")
    assert StoryPage.objects.count() == 2
