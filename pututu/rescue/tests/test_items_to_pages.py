"""Items of an old site become drafts once, follow it while nobody edits them, and never undo an editor's work."""

from dataclasses import replace

import pytest

from pututu.lib.dates import from_words
from pututu.media.models import DocumentFile, Picture
from pututu.pages.models import BasePage
from pututu.publishing.models import StoryPage
from pututu.rescue.bringing.applying import Into, apply_items
from pututu.rescue.bringing.linking import link_pages
from pututu.rescue.capture import Declared
from pututu.rescue.deciding import Act, why_never
from pututu.rescue.item import Attachment, ItemKind
from pututu.rescue.models import OldAddress, OldSitePage, RescuedItem
from pututu.rescue.tests.old_items import SITE, a_picture, keep_captures, make_capture, make_item
from tests.factories import make_site, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return make_site(("en", "es"))


def bring(*items, **into):
    done = list(apply_items(items, Into(**into)))
    link_pages()
    return done


def acts(done):
    return [str(each.decision.act) for each in done]


def state():
    return list(BasePage.objects.order_by("pk").values_list("pk", "title", "latest_revision_id"))


def edit(page, **fields):
    page = page.specific.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision()


def latest(title="A law on springs"):
    return StoryPage.objects.get(title=title).get_latest_revision_as_object()


def test_an_item_becomes_a_draft_with_its_date_and_evidence(site):
    bring(make_item())
    page = StoryPage.objects.get()
    assert page.get_parent().specific == OldSitePage.objects.get()
    assert (page.live, page.slug, page.published.edtf) == (False, "law-on-springs", "2013-12-16")
    assert "“16 December 2013”" in [each.statement for each in page.date_evidence.all()]


def test_a_second_run_changes_nothing(site):
    items = [
        make_item(),
        make_item("two.html", title="Two", body='<p>See <a href="law-on-springs.html">it</a></p>'),
    ]
    bring(*items)
    before = state()
    assert acts(bring(*items)) == ["leave", "leave"]
    assert state() == before


def test_a_newer_crawl_changes_what_differs(site):
    bring(make_item())
    assert acts(bring(make_item(standfirst="The council has passed a good law."))) == ["change"]
    assert latest().standfirst == "The council has passed a good law."
    assert latest().published.edtf == "2013-12-16"


def test_what_an_editor_changed_stays_and_is_told(site):
    bring(make_item())
    edit(StoryPage.objects.get(), standfirst="Ours.", published=from_words("2013"))
    done = bring(make_item(standfirst="Theirs.", title="A law on springs and wells"))
    page = latest("A law on springs and wells")
    assert (page.standfirst, page.published.edtf) == ("Ours.", "2013")
    assert "standfirst" in done[0].decision.reason
    assert done[0].decision.kept == {"standfirst"}
    assert RescuedItem.objects.get().needs == "edited"
    again = bring(make_item(standfirst="Theirs.", title="A law on springs and wells"))
    assert latest("A law on springs and wells").standfirst == "Ours."
    assert acts(again) == ["leave"]


def test_what_staff_deleted_does_not_come_back(site):
    bring(make_item())
    StoryPage.objects.get().delete()
    assert acts(bring(make_item())) == ["leave"]
    assert not StoryPage.objects.exists()


def test_an_item_that_moved_is_known_by_its_alias(site):
    bring(make_item())
    bring(make_item("new-address.html", aliases=(SITE + "law-on-springs.html",)))
    assert StoryPage.objects.count() == 1


def test_into_a_section_and_published_only_if_asked(site):
    news = site["en"].get_children().get(slug="news")
    bring(make_item(), section=news)
    assert not StoryPage.objects.get().live
    bring(make_item("b.html", title="B"), section=news, is_published=True)
    page = StoryPage.objects.get(title="B")
    assert page.live
    assert page.get_parent().pk == news.pk


@pytest.mark.parametrize(
    ("said", "need", "is_public"),
    [
        ({"is_conflict": True, "published": None}, "conflict", False),
        ({"body": "<p>The se\ufffdor of the lake.</p>"}, "damaged", False),
        ({"body": "", "listed_on": SITE + "articles.php"}, "lost", False),
        ({"published": None}, "undated", True),
        ({"duplicate_of": SITE + "another.html"}, "duplicate", True),
    ],
)
def test_what_a_person_must_mend_first_is_never_published_by_itself(site, said, need, is_public):
    news = site["en"].get_children().get(slug="news")
    bring(make_item(**said), section=news, is_published=True)
    assert RescuedItem.objects.get().needs == need
    assert StoryPage.objects.get().live is is_public


def test_a_kind_that_the_section_does_not_hold_waits_in_the_shelter(site):
    news = site["en"].get_children().get(slug="news")
    bring(make_item(kind=ItemKind.BACKGROUND, published=None), section=news, is_published=True)
    page = BasePage.objects.get()
    assert not page.live
    assert page.get_parent().specific == OldSitePage.objects.get()


def test_a_spanish_item_goes_to_the_spanish_side(site):
    bring(make_item(language="es-PE"))
    assert StoryPage.objects.get().locale.language_code == "es"


def test_lists_errors_and_duplicates_make_no_page(site):
    done = bring(
        make_item("list.php?position=20", kind=ItemKind.LIST),
        make_item("gone.html", kind=ItemKind.ERROR),
        make_item(aliases=(SITE + "print.php?id=1",)),
        make_item("print.php?id=1", duplicate_of=SITE + "law-on-springs.html"),
    )
    assert acts(done) == ["refuse", "refuse", "create", "refuse"]
    assert BasePage.objects.count() == 1


def test_what_is_only_nearly_the_same_comes_and_is_shown(site):
    bring(make_item(), make_item("b.html", duplicate_of=SITE + "law-on-springs.html"))
    assert sorted(RescuedItem.objects.values_list("needs", flat=True)) == ["", "duplicate"]


def test_items_of_one_page_are_known_apart_and_its_address_is_its_own(site):
    bring(make_item("list.html#1", title="One"), make_item("list.html#2", title="Two"))
    assert StoryPage.objects.count() == 2
    assert not OldAddress.objects.exists()
    assert acts(bring(make_item("list.html#2", title="Two"))) == ["leave"]


def test_one_address_in_two_spellings_is_one_page(site):
    done = bring(make_item(), make_item("law-on-springs.html?utm_source=x", title="Else"))
    assert acts(done) == ["create", "refuse"]


def test_topics_are_matched_by_name_and_never_made(site):
    water = make_topic("water", en="Water", es="Agua")
    done = bring(make_item(topics=("agua", "Cabbages")))
    assert "no topic “Cabbages” here" in done[0].item.outcome
    assert "agua" not in done[0].item.outcome
    assert list(latest().topics.all()) == [water]


def test_links_between_rescued_pages_lead_to_pages_and_others_stay(site):
    body = '<p><a href="two.html#x">Two</a> <a href="http://else.example/">else</a></p>'
    bring(make_item(body=body), make_item("two.html", title="Two"))
    text = latest().body[0].value.source
    two = StoryPage.objects.get(title="Two")
    assert 'linktype="page"' in text
    assert f'id="{two.pk}"' in text
    assert 'href="http://else.example/"' in text
    assert acts(bring(make_item(body=body))) == ["leave"]


def test_pictures_come_with_credit_and_alternative_text_once(site):
    keep_captures(make_capture("dam.png", a_picture(), "image/png"))
    shown = Attachment(SITE + "dam.png", caption="The dam", alt="A wall of earth")
    item = make_item(
        body='<p>One.</p><img src="dam.png" alt="A wall of earth"><p>Two.</p>', pictures=(shown,)
    )
    bring(item, make_item("two.html", title="Two", pictures=(shown,)))
    picture = Picture.objects.get()
    assert picture.credit
    assert (picture.description, picture.licence) == ("A wall of earth", "")
    assert [block.block_type for block in latest().body] == ["text", "image", "text"]


def test_a_lost_picture_is_told(site):
    bring(make_item(body='<img src="lost.png">', pictures=(Attachment(SITE + "lost.png"),)))
    row = RescuedItem.objects.get()
    assert row.needs == "lost"
    assert row.facts["lost"] == [SITE + "lost.png"]


def test_a_document_becomes_the_groups_and_links_lead_to_it(site):
    keep_captures(make_capture("report.txt", b"Springs and wells.", "text/plain"))
    bring(
        make_item(body='<p><a href="report.txt">Report</a></p>', documents=(Attachment(SITE + "report.txt"),))
    )
    document = DocumentFile.objects.get()
    assert document.credit
    assert 'linktype="document"' in latest().body[0].value.source


def test_scripts_in_a_body_do_not_come_across(site):
    bring(make_item(body='<p onclick="x()">A<script>alert(1)</script><a href="javascript:x()">b</a></p>'))
    text = str(latest().body.get_prep_value())
    assert "A" in text
    assert not [each for each in ("onclick", "script", "alert") if each in text]


@pytest.mark.parametrize(
    "state", ["draft", "private", "trash", "pending", "auto-draft", "password", "future"]
)
def test_what_was_never_public_is_refused_with_a_word(state):
    assert "never published" in why_never(make_capture("x", declared=Declared(state=state)))
    assert not why_never(make_capture("x", declared=Declared(state="publish")))
    assert not why_never(make_capture("x"))


def test_an_item_without_a_title_is_refused(site):
    done = bring(make_item(title=" "))
    assert done[0].decision.act is Act.REFUSE
    assert replace(done[0].item).outcome.startswith("refuse: It has no title")


def test_a_list_leads_to_the_section_of_its_own_language(site):
    news = site["en"].get_children().get(slug="news")
    lists = [
        make_item(f"{language}.html", kind=ItemKind.LIST, language=language)
        for language in ("en", "es", "qu")
    ]
    bring(*lists, section=news)
    led = {row.path: row.section_id for row in OldAddress.objects.all()}
    spanish = news.get_translation(site["es"].locale)
    assert led == {"/en.html": news.pk, "/es.html": spanish.pk, "/qu.html": news.pk}
