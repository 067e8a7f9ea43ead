"""The demonstration's own old site comes across before one's eyes, once, with a report."""

import pytest
from click.testing import CliRunner

from pututu.pages.models import BasePage
from pututu.publishing.models import StoryPage
from pututu.rescue import commands
from pututu.rescue.models import OldAddress
from tests.factories import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("PUTUTU_DATA", str(tmp_path))
    monkeypatch.setenv("PUTUTU_DEMO", "")
    monkeypatch.setenv("PUTUTU_BASE_URL", "http://127.0.0.1:8123")
    monkeypatch.setattr(commands, "DEMO_PAGES", 30)
    make_site(("en", "es"))
    (tmp_path / "prepared").touch()
    return tmp_path


def run(*words):
    return CliRunner().invoke(commands.rescue, ["demo-old-site", *words])


def test_only_a_demonstration_takes_it(data):
    answer = run()
    assert answer.exit_code == 1
    assert "There is no demonstration" in answer.output
    assert not BasePage.objects.exists()


def test_it_comes_as_drafts_stage_by_stage_with_a_report_and_only_once(data):
    (data / "sign-in.txt").touch()
    answer = run()
    assert answer.exit_code == 0, answer.output
    stages = [line.split(":")[0] for line in answer.stderr.splitlines()[:4]]
    assert stages == ["Inventing", "Reading", "Dating", "Writing"]
    for subject in ("Found:", "Dates:", "Joined:", "Done:", "Old addresses:", "Look next:"):
        assert subject in answer.stderr
    assert "Stand-ins, none believed: “" in " ".join(answer.stderr.split()), "of bounded items too"
    assert {page.locale.language_code for page in StoryPage.objects.all()} == {"en", "es"}
    assert not BasePage.objects.live().exists()
    assert list((data / "old-site").rglob("*.html"))
    made = BasePage.objects.count()
    again = run()
    assert "Done: 0 created, 0 changed" in " ".join(again.stderr.split())
    assert BasePage.objects.count() == made


def test_published_it_answers_by_its_old_addresses(data, client):
    (data / "sign-in.txt").touch()
    assert run("--publish").exit_code == 0
    row = OldAddress.objects.filter(item__page__live=True, outcome="redirect").first()
    assert client.get(row.path)["Location"].endswith(row.item.page.url)
