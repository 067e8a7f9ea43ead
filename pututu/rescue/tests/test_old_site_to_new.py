"""A folder of HTML becomes drafts by one command, and whoever asks for an old address is led to the new page."""

import csv
import json

import pytest
from click.testing import CliRunner
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from pututu.media.models import Picture
from pututu.pages.models import BasePage
from pututu.publishing.models import StoryPage
from pututu.rescue.bringing import keeping
from pututu.rescue.bringing.answering import told_outcome
from pututu.rescue.commands import rescue
from pututu.rescue.models import OldAddress
from pututu.rescue.tests.old_items import a_picture
from tests.factories import make_site

pytestmark = pytest.mark.django_db

PAGE = """<!doctype html><html lang="en"><head><title>{title} - Old Group</title></head><body>
<nav><a href="/">Home</a> <a href="about.html">About</a> <a href="/lost.html">Lost</a></nav>
<main><h1>{title}</h1><p>16 December 2013</p><p>{text}</p></main></body></html>"""
WXR = """<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{items}</channel></rss>"""
POST = """<item><title>{title}</title><link>http://old.example/?p={number}</link><wp:post_type>post</wp:post_type>
<wp:status>{state}</wp:status><wp:post_password>{password}</wp:post_password>
<content:encoded><![CDATA[<p>Words of {title}, and more of them.</p>]]></content:encoded></item>"""


@pytest.fixture
def site():
    return make_site(("en", "es"))


@pytest.fixture
def old_site(tmp_path):
    folder = tmp_path / "mirror" / "www.old.example"
    folder.mkdir(parents=True)
    link = 'See <a href="articles.php?position=720">the bridge</a>. <img src="dam.png" alt="A dam">'
    (folder / "a-law-on-springs.html").write_text(PAGE.format(title="A law on springs", text=link))
    (folder / "articles.php?position=720").write_text(PAGE.format(title="A bridge", text="It is opened."))
    (folder / "about.html").write_text(PAGE.format(title="About springs", text="We are a circle."))
    (folder / "dam.png").write_bytes(a_picture())
    (folder / "style.css").write_text("p {}")
    return folder.parent


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("PUTUTU_DATA", str(tmp_path))
    (tmp_path / "prepared").touch()
    return lambda *words: CliRunner().invoke(rescue, [str(word) for word in words])


@pytest.fixture
def brought(site, run, old_site):
    answer = run(old_site, "--into", "/en/news/", "--publish")
    assert answer.exit_code == 0, answer.output
    return answer


def test_a_folder_comes_across_and_its_old_addresses_lead_to_its_pages(brought, client):
    law = StoryPage.objects.get(title="A law on springs")
    answer = client.get("/a-law-on-springs.html")
    assert (answer.status_code, answer["Location"]) == (301, law.url)
    page = client.get(law.url).content.decode()
    assert StoryPage.objects.get(title="A bridge").url in page
    assert "old.example/articles.php" not in page
    assert Picture.objects.count() == 1


@pytest.mark.parametrize("asked", ["/articles.php?position=720", "/articles.php?utm_source=x&position=720"])
def test_an_address_with_a_query_is_found(brought, client, asked):
    assert client.get(asked)["Location"] == StoryPage.objects.get(title="A bridge").url


def test_who_asks_by_the_old_name_is_led_to_the_new_one_at_once(brought, client, settings):
    settings.ALLOWED_HOSTS = ["www.old.example", "new.example"]
    settings.BASE_URL = "https://new.example"
    url = StoryPage.objects.get(title="A bridge").url
    path = "/articles.php?position=720"
    assert client.get(path, headers={"host": "www.old.example"})["Location"] == f"https://new.example{url}"
    assert client.get(path, headers={"host": "new.example"})["Location"] == url
    settings.BASE_URL = "https://www.old.example"
    assert client.get(path, headers={"host": "www.old.example"})["Location"] == url


def test_another_query_is_another_address(brought, client):
    assert client.get("/articles.php?position=721", follow=True).status_code == 404


def test_every_old_address_leads_somewhere_in_one_step_or_is_told(brought, client):
    told = {row.path: told_outcome(row)[0] for row in OldAddress.objects.all()}
    assert told["/lost.html"] == "unresolved"
    assert told["/style.css"] == "gone"
    for row in OldAddress.objects.all():
        outcome, to, _reason = told_outcome(row)
        if outcome == "redirect":
            answer = client.get(row.path)
            assert (answer.status_code, answer["Location"]) == (301, to)
            is_file = to.startswith("/media/") and default_storage.exists(to.removeprefix("/media/"))
            assert is_file or client.get(to).status_code == 200
        if outcome == "gone":
            assert client.get(row.path).status_code == 410


def test_only_a_lost_address_costs_a_question_and_only_one(brought, client):
    url = StoryPage.objects.get(title="A bridge").url
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    assert not [each for each in asked.captured_queries if "rescue_oldaddress" in each["sql"]]
    with CaptureQueriesContext(connection) as asked:
        client.get("/nowhere.html")
    assert len([each for each in asked.captured_queries if "rescue_oldaddress" in each["sql"]]) == 1


def test_a_gone_address_is_told_in_a_page_of_its_own(brought, client):
    answer = client.get("/style.css")
    assert answer.status_code == 410
    assert "no longer here" in answer.content.decode()


def test_a_draft_is_shown_to_nobody(site, run, old_site, client):
    run(old_site)
    assert client.get("/about.html", follow=True).status_code == 404
    page = StoryPage.objects.get(title="About springs")
    page.move(site["en"].get_children().get(slug="news"), pos="last-child")
    page = StoryPage.objects.get(pk=page.pk)
    page.save_revision().publish()
    assert client.get("/about.html")["Location"] == StoryPage.objects.get(pk=page.pk).url


def test_an_editors_own_redirect_comes_first(brought, client):
    Redirect.add_redirect("/a-law-on-springs.html", "/en/", is_permanent=True)
    assert client.get("/a-law-on-springs.html")["Location"] == "/en/"


def test_originals_are_kept_and_nothing_half(brought, old_site):
    row = OldAddress.objects.get(path="/about.html")
    assert keeping.original(row.sha256) == (old_site / "www.old.example" / "about.html").read_bytes()
    assert not list(keeping.folder().rglob(".half-*"))


def test_a_full_disk_is_told_and_leaves_nothing_half(site, run, old_site, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pututu.rescue.bringing.keeping.os.fsync", full)
    answer = run(old_site)
    assert answer.exit_code == 1
    assert "No space left" in answer.output
    assert not [each for each in keeping.folder().rglob("*") if each.is_file()]
    monkeypatch.undo()


def test_a_second_run_leaves_all_as_it_is(brought, run, old_site):
    before = list(BasePage.objects.values_list("pk", "latest_revision_id"))
    answer = run(old_site, "--into", "news", "--publish", "--json")
    lines = [json.loads(line) for line in answer.stdout.splitlines()]
    assert {line["outcome"].split(":")[0] for line in lines} == {"leave", "refuse"}
    assert list(BasePage.objects.values_list("pk", "latest_revision_id")) == before


def test_a_dry_run_says_all_and_writes_nothing(site, run, old_site):
    answer = run(old_site, "--dry-run", "--json")
    outcomes = [json.loads(line)["outcome"].split(":")[0] for line in answer.stdout.splitlines()]
    assert sorted(outcomes) == ["create", "create", "create", "refuse", "refuse"]
    assert not BasePage.objects.exists()
    assert not OldAddress.objects.exists()
    assert not keeping.folder().exists()


def test_a_table_that_can_t_be_written_is_told(brought, run, tmp_path):
    answer = run("report", "--csv", tmp_path / "nowhere" / "table.csv")
    assert answer.exit_code == 1
    assert "can't be written" in answer.output


def test_the_report_hides_nothing(brought, run, tmp_path):
    answer = run("report", "--csv", tmp_path / "table.csv")
    assert answer.exit_code == 1
    assert "/lost.html" in answer.output
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == OldAddress.objects.count()
    told = [json.loads(line) for line in run("report", "--json").stdout.splitlines()]
    assert [each["address"] for each in told] == [each["address"] for each in rows]


def test_wordpress_posts_come_and_what_was_never_public_does_not(site, run, tmp_path, client):
    states = [("publish", ""), ("draft", ""), ("private", ""), ("publish", "secret"), ("trash", "")]
    posts = [
        POST.format(title=f"Post {number}", number=number, state=state, password=password)
        for number, (state, password) in enumerate(states)
    ]
    export = tmp_path / "export.xml"
    export.write_text(WXR.format(items="".join(posts)))
    answer = run(export, "--into", "news", "--publish")
    assert [page.title for page in BasePage.objects.all()] == ["Post 0"]
    assert answer.output.count("never published") == 4
    assert client.get("/?p=0")["Location"] == BasePage.objects.get().url
    assert client.get("/?p=1").status_code == 302
    assert client.get("/")["Location"] == "/en/"


def test_a_section_that_is_none_is_refused(site, run, old_site):
    answer = run(old_site, "--into", "cabbages")
    assert answer.exit_code == 1
    assert "no section" in answer.output
    assert run(old_site, "--publish").exit_code == 2
