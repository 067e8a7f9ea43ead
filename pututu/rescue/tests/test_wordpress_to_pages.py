"""Do the posts of a WordPress export become pages as they were, and does every name of theirs lead to them?"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from pututu.media.models import Picture
from pututu.pages.models import BasePage
from pututu.rescue.addresses import plain_slug
from pututu.rescue.bringing import keeping, running
from pututu.rescue.bringing.applying import Into
from pututu.rescue.models import OldAddress
from pututu.rescue.tests import wordpress_plainly
from pututu.rescue.tests.exports import entry, picture, wxr
from pututu.rescue.tests.old_items import a_picture
from tests.factories import make_site

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "wxr"
READABLE = (
    "hexo-opensourcecms", "nikola-example", "wptt-themeunittestdata", "wpimporter-edge/crazy-cdata-escaped",
    "wpimporter-edge/namespace-edge-cases", "wpimporter-edge/post-content-blank-lines", "wpimporter-edge/slashes",
    "wpimporter-edge/valid-wxr-1.0", "wpimporter-edge/valid-wxr-1.1", "wpimporter-edge/wxr-utf-8-challenges",
)  # fmt: skip


@pytest.fixture
def site():
    return make_site()


def bring(*paths: Path, site: str = "") -> running.Outcome:
    outcome = running.Outcome()
    into = Into(section=running.section_named("news"), is_published=True)
    for _done in running.bring(running.Source(paths, site=site), into, outcome=outcome):
        pass
    return outcome


def words_of(markup: str) -> set[str]:
    """The longer words; captions are left out: without its file a picture is told as lost, with its caption."""
    captions = r"\[caption.*?\[/caption\]|<figcaption.*?</figcaption>"
    plain = re.sub(rf"{captions}|<!--.*?-->|<[^>]*>|\[/?[a-z_-]+[^\]]*\]", " ", markup, flags=re.DOTALL)
    return set(re.findall(r"\w{4,}", unescape(plain).lower()))


def page_of(said: wordpress_plainly.Entry) -> BasePage | None:
    row = OldAddress.objects.filter(path__endswith=f"?p={said.number}", item__page__isnull=False).first()
    row = (
        row or OldAddress.objects.filter(path=unquote("/" + said.link.split("/", 3)[-1]).rstrip("/")).first()
    )
    return row.item.page.specific if row and row.item and row.item.page else None


@pytest.mark.parametrize("name", READABLE)
def test_every_published_post_of_the_samples_is_right_and_nothing_else_came(site, name, capsys):
    path = SAMPLES / f"{name}.xml"
    if not path.exists():
        pytest.skip("The samples lie beside the project and are not here.")
    bring(path)
    said = wordpress_plainly.read(path)
    public = [each for each in said if each.is_public]
    right = [each for each in public if is_right(each, page_of(each))]
    with capsys.disabled():
        print(f"\nWordPress exports, {path.name}: {len(right)} of {len(public)} published posts right")
    assert right == public
    assert BasePage.objects.count() == len(public)
    hidden = {each.title for each in said if not each.is_public} - {each.title for each in public} - {""}
    assert not BasePage.objects.filter(title__in=hidden).exists()


def as_shown(title: str) -> str:
    """A title as WordPress shows it: it may hold markup."""
    return " ".join(html.fromstring(f"<p>{title}</p>").text_content().split())


def is_right(said: wordpress_plainly.Entry, page: BasePage | None) -> bool:
    if page is None:
        return False
    slug = plain_slug(unquote(said.slug), longest=240)
    lost = words_of(said.content) - words_of(str(page.body.get_prep_value()) + page.standfirst)
    found = {
        "title": not said.title or page.title == as_shown(said.title),
        "slug": not slug or re.fullmatch(rf"{re.escape(slug)}(-\d+)?", page.slug),
        "author": page.byline == said.author,
        "date": said.kind == "page" or page.published.edtf == said.day,
        "state": page.live is (said.kind == "post"),  # a section of news holds no standing pages: they wait
        "words": len(lost) <= 3,
    }
    wrong = [name for name, holds in found.items() if not holds]
    assert not wrong, (said.number, said.title, wrong, lost)
    return True


def test_all_names_of_a_post_lead_to_it_and_those_of_a_hidden_one_nowhere(site, client, tmp_path):
    (tmp_path / "export.xml").write_text(wxr(entry(12, slug="a-new-name"), entry(13, state="private")))
    bring(tmp_path / "export.xml")
    page = BasePage.objects.get()
    assert (page.slug, page.live) == ("a-new-name", True)
    for address in ("/?p=12", "/2013/09/post-12/", "/2013/09/post-12"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, page.url), address
    assert client.get("/?p=13").status_code == 302, "the front door's own answer"
    assert client.get("/2013/09/post-13/", follow=True).status_code == 404
    assert not OldAddress.objects.filter(sha256__gt="", path__contains="post-13").exists()


def test_a_taken_name_gets_a_number(site, tmp_path):
    (tmp_path / "export.xml").write_text(
        wxr(entry(1, slug="same"), entry(2, "<p>Quite other words.</p>", slug="same"))
    )
    bring(tmp_path / "export.xml")
    assert set(BasePage.objects.values_list("slug", flat=True)) == {"same", "same-2"}


@pytest.mark.parametrize("kept", ["dam.jpg", "dam-scaled.jpg", "dam-1024x683.jpg"])
@pytest.mark.parametrize("is_export_first", [True, False])
def test_every_size_and_the_page_of_a_picture_lead_to_it(site, client, tmp_path, kept, is_export_first):
    shown = '<p>See <img class="wp-image-7" src="http://old.example/wp-content/uploads/dam-300x200.jpg"></p>'
    (tmp_path / "export.xml").write_text(wxr(picture(7, "dam.jpg", caption="The dam"), entry(1, shown)))
    uploads = tmp_path / "mirror" / "old.example" / "wp-content" / "uploads"
    uploads.mkdir(parents=True)
    (uploads / kept).write_bytes(a_picture())
    sources = [tmp_path / "export.xml", tmp_path / "mirror"]
    bring(*(sources if is_export_first else reversed(sources)))
    made = Picture.objects.get()
    for name in ("dam.jpg", "dam-300x200.jpg", "dam-150x150.jpg"):
        answer = client.get(f"/wp-content/uploads/{name}")
        assert (answer.status_code, answer["Location"]) == (301, made.file.url), name
    if kept == "dam.jpg":
        for address in ("/file-7/", "/?attachment_id=7"):
            assert client.get(address)["Location"] == made.file.url
    assert client.get("/wp-content/uploads/other-300x200.jpg").status_code == 404


def test_no_commenter_and_no_sender_is_stored_anywhere(site, tmp_path):
    sent = entry(
        5, "<p>I am Fulana, fulana@example.net</p>", kind="flamingo_inbound", title="fulana@example.net"
    )
    (tmp_path / "export.xml").write_text(wxr(entry(1), sent))
    assert "fulana@example.net" in (tmp_path / "export.xml").read_text()
    bring(tmp_path / "export.xml")
    kept = b"".join(keeping.original(path.stem) or b"" for path in keeping.folder().rglob("*.gz"))
    assert b"Words of the entry 1" in kept
    stored = kept.decode() + everything_in_the_database()
    assert "Post 1" in stored
    assert not [word for word in ("fulana", "Fulana", "192.0.2.7", "What a comment") if word in stored]


def everything_in_the_database() -> str:
    from django.apps import apps

    return "\n".join(
        str(list(model._base_manager.values_list())) for model in apps.get_models() if model._meta.managed
    )


def crawled(tmp_path):
    """What a crawl took while all was public."""
    site = tmp_path / "crawl" / "old.example"
    site.mkdir(parents=True)
    for name in ("secret", "plain"):
        words = f"<p>The {name} words of a post, which everybody could read when they were captured.</p>"
        (site / f"{name}.html").write_text(
            f"<html lang='en'><body><h1>A {name} post</h1>{words}</body></html>"
        )
    return tmp_path / "crawl"


@pytest.mark.parametrize("is_export_first", [True, False])
@pytest.mark.parametrize("state", ["private", "draft", "trash"])
def test_what_the_export_closed_does_not_come_from_an_older_crawl(
    site, client, tmp_path, state, is_export_first
):
    export = tmp_path / "x.xml"
    links = {name: f"http://old.example/{name}.html" for name in ("secret", "plain")}
    export.write_text(
        wxr(
            entry(1, link=links["secret"], slug="secret", title="A secret post", state=state),
            entry(2, link=links["plain"], slug="plain", title="A plain post"),
        )
    )
    paths = (export, crawled(tmp_path)) if is_export_first else (crawled(tmp_path), export)
    outcome = bring(*paths)
    assert list(BasePage.objects.values_list("title", flat=True)) == ["A plain post"]
    assert outcome.acts["refuse"] == 2
    assert client.get("/secret.html").status_code == 404
    row = OldAddress.objects.get(path="/secret.html")
    assert (row.seen, row.sha256) == (OldAddress.Seen.REFUSED, "")
    texts = [keeping.original(path.stem) or b"" for path in keeping.folder().rglob("*.gz")]
    assert any(b"plain words" in text for text in texts)
    assert not any(b"secret words" in text for text in texts), "nor is its original kept"


def test_without_the_export_the_crawl_comes_across(site, tmp_path):
    """The control."""
    bring(crawled(tmp_path))
    assert BasePage.objects.count() == 2
