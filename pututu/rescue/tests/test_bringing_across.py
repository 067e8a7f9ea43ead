"""What an old list page says comes across once, as drafts, with no date that nobody wrote."""

import importlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.apps import apps

from pututu.events.models import EventPage
from pututu.pages.models import BasePage
from pututu.publishing.models import BackgroundPage, StoryPage
from pututu.rescue.bringing.applying import Into
from pututu.rescue.bringing.running import Outcome, Source, bring
from pututu.rescue.commands import rescue
from pututu.rescue.models import OldSitePage, RescuedItem
from pututu.rescue.shelter import NoSiteYet
from tests.factories import make_site

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).resolve().parents[4] / "shared" / "samples" / "old-archive-last-page.txt"

OLD_PAGE = """• Event: A day on rivers

    31 December 1969

    5 May 2011, Bern. A day of talks about rivers and those who live from them.

  • A law on springs

    31 December 1969

    The council has passed a law on springs & <wells>.

  • A dam is begun

    12 June 2010

    Work on the dam has begun.

  • What we want

    The Circle wants water for all.

  • Why join?

    • News by post
    • A vote
"""
DAM_NAMED = "  • A dam is named\n\n    1 July 2010\n\n    It has a name.\n\n"


@pytest.fixture
def site():
    return make_site()


@pytest.fixture
def bring_text(tmp_path):
    """Bring the text of a list across; return what was made."""

    def act(text=OLD_PAGE, name="old.txt"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        done = bring(Source((file,)), Into(), outcome=Outcome())
        return [each.page for each in done if each.decision.act == "create"]

    return act


def versions():
    return sorted(BasePage.objects.values_list("pk", "latest_revision_id"))


def test_everything_comes_as_a_draft_under_one_page_that_is_not_public(site, bring_text):
    made = bring_text()
    kinds = sorted(type(page.specific).__name__ for page in made)
    assert kinds == ["BackgroundPage", "BackgroundPage", "EventPage", "StoryPage", "StoryPage"]
    shelter = OldSitePage.objects.get()
    assert not shelter.live
    assert not BasePage.objects.live().exists()
    assert {page.get_parent().pk for page in made} == {shelter.pk}
    assert StoryPage.objects.get(title="A law on springs").slug == "a-law-on-springs"


def test_a_stand_in_is_kept_as_evidence_and_never_as_a_date(site, bring_text):
    bring_text()
    law = StoryPage.objects.get(title="A law on springs")
    assert law.published.is_unknown
    assert law.published_earliest is None
    evidence = {each.source: each.statement for each in law.date_evidence.all()}
    assert "31 December 1969" in evidence["/old.txt#a-law-on-springs"]
    assert evidence["/old.txt (line 9)"] == "“31 December 1969”"


def test_a_date_that_somebody_wrote_comes_across(site, bring_text):
    bring_text()
    assert StoryPage.objects.get(title="A dam is begun").published.edtf == "2010-06-12"


def test_the_day_of_an_event_is_not_that_of_its_announcement(site, bring_text):
    bring_text()
    event = EventPage.objects.get()
    assert event.starts_on.edtf == "2011-05-05"
    assert event.published.is_unknown


def test_words_come_across_as_words(site, bring_text):
    bring_text()
    assert StoryPage.objects.get(title="A law on springs").standfirst.endswith("springs & <wells>.")
    assert "<li>News by post</li>" in str(BackgroundPage.objects.get(title="Why join?").body)


def test_a_second_run_changes_nothing(site, bring_text):
    bring_text()
    before = versions()
    assert bring_text() == []
    assert versions() == before


def test_a_list_whose_lines_shifted_or_that_lies_in_another_file_brings_nothing_twice(site, bring_text):
    bring_text()
    before = versions()
    assert [page.title for page in bring_text(DAM_NAMED + OLD_PAGE)] == ["A dam is named"]
    assert bring_text(DAM_NAMED + OLD_PAGE, "archive-2.txt") == []
    assert [each for each in versions() if each in before] == before


def test_what_staff_deleted_does_not_come_back(site, bring_text):
    bring_text()
    StoryPage.objects.get(title="A law on springs").delete()
    assert bring_text() == []
    assert bring_text(name="archive-2.txt") == []
    assert RescuedItem.objects.filter(page__isnull=True).count() == 1


def test_one_new_item_among_old_ones_comes_alone(site, bring_text):
    bring_text()
    more = OLD_PAGE.replace("  • A dam is begun", DAM_NAMED + "  • A dam is begun")
    assert [page.title for page in bring_text(more)] == ["A dam is named"]


def test_a_standfirst_that_was_mended_on_the_old_site_is_mended_here(site, bring_text):
    bring_text()
    assert bring_text(OLD_PAGE.replace("Work on the dam has begun", "Work on the great dam has begun")) == []
    dam = StoryPage.objects.get(title="A dam is begun")
    assert dam.get_latest_revision_as_object().standfirst == "Work on the great dam has begun."


def test_another_item_that_took_the_place_and_title_of_one_does_not_take_its_page(site, bring_text):
    bring_text()
    other = OLD_PAGE.replace(
        "The council has passed a law on springs & <wells>.", "In Bern people march again."
    )
    (made,) = bring_text(other)
    assert made.title == "A law on springs"
    words = set(StoryPage.objects.filter(title="A law on springs").values_list("standfirst", flat=True))
    assert words == {"The council has passed a law on springs & <wells>.", "In Bern people march again."}
    assert bring_text(other) == []
    assert bring_text() == []


def test_what_came_before_addresses_were_kept_is_known_and_stays_as_it_is(site, bring_text):
    """So the rows stood before the reading of all sources was one: a print of words, a page, and nothing else."""
    bring_text()
    for row in RescuedItem.objects.all():
        row.fingerprint, row.words, row.address = row.words, "", ""
        row.read, row.wrote, row.facts = {}, {}, {}
        row.save()
    before = versions()
    importlib.import_module("pututu.rescue.migrations.0005_rescueditem_words").take_words(apps, None)
    assert bring_text() == []
    assert versions() == before
    assert not RescuedItem.objects.filter(needs="edited").exists()
    bring_text(OLD_PAGE.replace("12 June 2010", "13 June 2010"))
    assert versions() == before
    assert RescuedItem.objects.get(page__title="A dam is begun").needs == "edited"


def test_a_draft_can_be_published_and_moved_into_its_section(site, bring_text, client):
    bring_text()
    law = StoryPage.objects.get(title="A law on springs")
    section = site["en"].get_children().get(slug="news")
    assert law.can_move_to(section.specific)
    law.move(section, pos="last-child")
    law.refresh_from_db()
    law.save_revision().publish()
    assert client.get(StoryPage.objects.get(pk=law.pk).url).status_code == 200


def test_without_a_site_nothing_comes_and_the_reason_is_given(bring_text):
    with pytest.raises(NoSiteYet, match="begin the site first"):
        bring_text()


# --- the command


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Call the command as in an installation that is ready."""
    monkeypatch.setenv("PUTUTU_DATA", str(tmp_path))
    (tmp_path / "prepared").touch()

    def call(*arguments, text=OLD_PAGE):
        file = tmp_path / "old.txt"
        file.write_text(text, encoding="utf-8")
        return CliRunner().invoke(rescue, [str(file), *arguments])

    return call


def test_a_dry_run_tells_all_and_makes_nothing(site, run):
    answer = run("--dry-run")
    assert answer.exit_code == 0, answer.output
    assert (
        "5 to create, 0 to change, 0 to leave, 1 with no page of their own; 0 could not be read."
        in answer.stderr
    )
    assert "+ event: A day on rivers (takes place: 5 May 2011; announced: no date)" in answer.stdout
    assert not BasePage.objects.exists()


def test_without_an_installation_a_dry_run_tells_all_and_anything_else_is_refused(run, tmp_path):
    (tmp_path / "prepared").unlink()
    assert "5 to create, 0 to change" in run("--dry-run").stderr
    refused = run()
    assert refused.exit_code == 1
    assert "There is no site" in refused.stderr


def test_the_command_makes_drafts_and_tells_json_item_by_item(site, run):
    answer = run("--json")
    told = [json.loads(line) for line in answer.stdout.splitlines()]
    assert sorted(each["kind"] for each in told) == [
        *("background", "background", "event", "list", "story", "story")
    ]
    assert {each["outcome"].split(":")[0] for each in told if each["kind"] != "list"} == {"create"}
    assert BasePage.objects.count() == 5


def test_the_report_at_the_end_tells_kinds_dates_stand_ins_addresses_and_where_to_look(site, run):
    report = " ".join(run().stderr.split())
    assert "Found: 2 stories, 1 event, 2 background pages, 1 list." in report
    assert (
        "Dates: 1 stated, 0 bounded, 2 unknown, 0 disputed. Stand-ins, none believed: “31 December 1969” 2×."
        in report
    )
    assert "Old addresses: 1 lead on, 0 gone, 0 unresolved" in report
    assert "/admin/old-site/ – 1 waiting for a decision" in report


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_on(site, run, tmp_path):
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"")
    answer = run(str(broken))
    assert answer.exit_code == 1
    assert "broken.txt" in answer.stderr
    assert BasePage.objects.count() == 5


def test_what_is_called_wrongly_is_said_before_anything_is_read(site, run, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "old.txt").write_text(OLD_PAGE)
    assert "“klingon”" in run("--encoding", "klingon").stderr
    assert "Two sources are called old.txt" in run(str(tmp_path / "other" / "old.txt")).stderr
    assert not BasePage.objects.exists()


def test_the_sample_page_comes_across_as_its_design_says(site, bring_text):
    if not SAMPLE.exists():
        pytest.skip("the sample page does not lie beside this checkout")
    bring_text(SAMPLE.read_text(encoding="utf-8"))
    event = EventPage.objects.get()
    assert (event.starts_on.edtf, event.published.edtf) == ("2013-03-04", "")
    stories = StoryPage.objects.all()
    assert len(stories) == 5
    assert all(story.published.is_unknown for story in stories)
    assert sum("31 December 1969" in story.rescued.facts["reason"] for story in stories) == 4
    assert BackgroundPage.objects.count() == 4
