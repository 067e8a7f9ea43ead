"""Under production settings nothing is left to see to, and every page is locked down."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import make_site, make_staff, make_story

COMPLETE = {
    "PUTUTU_BASE_URL": "https://group.example.org",
    "PUTUTU_EMAIL_URL": "smtp://user:password@mail.example.org:587",
    "PUTUTU_SECRET_KEY": "k" * 40 + "0123456789abcdefghijklmnopqrstuvwxyz",
}


def pututu(data, *arguments, **changes):
    """Run a command as an operator would, in an environment of its own."""
    environment = {"PATH": os.environ["PATH"], "PUTUTU_DATA": str(data), **COMPLETE, **changes}
    command = [str(Path(sys.executable).with_name("pututu")), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def check(data, **changes):
    done = pututu(data, "check", "--json", **changes)
    return done.returncode, {row["id"] for row in json.loads(done.stdout)}


@pytest.fixture
def data(tmp_path):
    """A data folder with a database in it."""
    (tmp_path / "pututu.sqlite3").touch()
    return tmp_path


def test_a_complete_installation_has_nothing_to_see_to(data):
    assert check(data) == (0, set())


NOBODY_LISTENS = "127.0.0.1:1"


@pytest.mark.parametrize(
    ("variable", "value", "finding"),
    [
        ("PUTUTU_BASE_URL", "http://group.example.org", "operations.W001"),
        ("PUTUTU_EMAIL_URL", "", "operations.W002"),
        ("PUTUTU_DEMO", "1", "accounts.W001"),
        ("PUTUTU_DEBUG", "1", "security.W018"),
        ("PUTUTU_SECRET_KEY", "short", "security.W009"),
        ("DATABASE_URL", f"postgres://pututu:secret@{NOBODY_LISTENS}/pututu", "operations.E004"),
        ("PUTUTU_CACHE_URL", f"redis://{NOBODY_LISTENS}/0", "operations.E005"),
    ],
)
def test_what_is_missing_is_found(data, variable, value, finding):
    code, findings = check(data, **{variable: value})
    assert code == 1
    assert finding in findings


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check",), "There is no database at"),
        (("manage", "check"), "System check identified no issues"),
        (("manage", "showmigrations"), "There is no installation in"),
    ],
)
def test_whoever_only_looks_leaves_no_folder_behind(tmp_path, arguments, said):
    done = pututu(tmp_path / "nothing", *arguments)
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "nothing").exists()
    pututu(tmp_path, *arguments, PUTUTU_SECRET_KEY="")
    assert (tmp_path / "secret-key").exists()  # the control: where there is a folder the key is kept


def test_a_malformed_variable_gets_a_sentence_and_no_traceback(tmp_path):
    done = pututu(tmp_path, "check", PUTUTU_PROXIES="one", PUTUTU_BASE_URL="group.example.org")
    assert done.returncode == 1
    assert "PUTUTU_PROXIES is “one”: give a whole number" in done.stderr
    assert "PUTUTU_BASE_URL is “group.example.org”: give the whole address" in done.stderr
    assert "Traceback" not in done.stderr


def policy(answer):
    parts = [part.split() for part in answer["Content-Security-Policy"].split("; ")]
    return {name: values for name, *values in parts}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/", "/en/news/", "/en/search/?q=x", "/en/nowhere/", "/accounts/login/"])
def test_pages_for_readers_run_and_load_nothing_from_elsewhere(client, path):
    make_site()
    answer = client.get(path)
    rules = policy(answer)
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == ["'self'"]
    assert rules["style-src"] == ["'self'"]
    assert rules["frame-ancestors"] == ["'none'"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_the_staff_screens_load_nothing_from_elsewhere_either(client):
    make_site()
    client.force_login(make_staff())
    answer = client.get("/admin/")
    assert answer.status_code == 200
    assert policy(answer)["default-src"] == ["'none'"]
    assert policy(answer)["script-src"] == [
        "'self'",
        "'unsafe-inline'",
    ]  # the control: theirs is another policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/media/documents/secret.pdf", "/media/../settings.py", "/media/nothing.png"]
)
def test_only_pictures_leave_the_media_folder(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_the_editor_may_frame_its_preview_and_nobody_frames_the_page(client):
    story = make_story(make_site()["en"])
    story.save_revision()
    client.force_login(make_staff())
    answer = client.get(f"/admin/pages/{story.pk}/view_draft/")
    assert "A story" in answer.content.decode()
    assert policy(answer)["frame-ancestors"] == ["'self'"]
    assert policy(client.get(story.url))["frame-ancestors"] == ["'none'"]
