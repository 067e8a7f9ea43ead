"""Staff settle what the rescue left open, beside the old page, and can take every decision back."""

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from pututu.lib.dates import from_words
from pututu.publishing.models import StoryPage
from pututu.rescue.bringing.applying import Into, apply_items
from pututu.rescue.item import Basis
from pututu.rescue.models import OldAddress, RescuedItem
from pututu.rescue.tests.old_items import SITE, keep_captures, make_capture, make_item
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db
OLD = b"<html><body><h1>Old</h1><script>alert(1)</script><img src='http://else.example/x.png'></body></html>"


@pytest.fixture
def site():
    return make_site(("en", "es"))


@pytest.fixture
def brought(site):
    old = make_capture("law-on-springs.html", OLD)
    keep_captures(old)
    items = [
        make_item(published=None, evidence=(), reason="No date is printed.", sha256=old.sha256),
        make_item("b.html", title="B", published=None, is_conflict=True, reason="Two days are claimed."),
        make_item("c.html", title="C", duplicate_of=SITE + "law-on-springs.html"),
        make_item("d.html", title="D"),
    ]
    list(apply_items(items, Into()))
    return {row.page.title: row for row in RescuedItem.objects.select_related("page")}


@pytest.fixture
def publisher(client):
    user = make_staff("Publishers")
    client.force_login(user)
    return user


def decide(client, rows, act, words=""):
    data = {"items": [row.pk for row in rows], "act": act, "words": words}
    return client.post(reverse("rescue:decide"), data, follow=True)


def needs(row):
    return RescuedItem.objects.get(pk=row.pk).needs


def date_of(title):
    return StoryPage.objects.get(title=title).get_latest_revision_as_object().published.edtf


def test_the_archive_is_shown_by_years_with_the_undated_by_themselves(brought, publisher, client):
    text = client.get(reverse("rescue:index")).content.decode()
    assert "year not known" in text
    assert ">2013</th>" in text


def test_the_queue_shows_what_waits_and_nothing_else(brought, publisher, client):
    text = client.get(reverse("rescue:queue")).content.decode()
    assert "Two days are claimed." in text
    assert ">D</a>" not in text
    assert ">B</a>" not in client.get(reverse("rescue:queue") + "?need=undated").content.decode()


def test_the_queue_tells_what_is_lost_and_what_may_be_repeated(site, publisher, client):
    image = f"<img src='{SITE}dam.jpg' alt='A dam'>"
    lost = make_item("e.html", title="E", body=f"<p>The dam of the valley.</p>{image}")
    list(
        apply_items(
            [make_item(), make_item("c.html", title="C", duplicate_of=SITE + "law.html"), lost], Into()
        )
    )
    assert f'<span class="address">{SITE}dam.jpg</span>' in queue(client, "lost")
    assert f'<span class="address">{SITE}law.html</span>' in queue(client, "duplicate")
    assert "Nothing waits here." in queue(client, "conflict")


def queue(client, need):
    return client.get(reverse("rescue:queue"), {"need": need}).content.decode()


def test_a_date_is_set_by_words_for_many_at_once_and_taken_back(brought, publisher, client):
    rows = [brought["A law on springs"], brought["B"]]
    decide(client, rows, "date", "between 10 and 22 March 2015")
    assert {date_of("A law on springs"), date_of("B")} == {"2015-03-10/2015-03-22"}
    assert [needs(row) for row in rows] == ["", ""]
    assert PageLogEntry.objects.filter(action="rescue.settled", user=publisher).count() == 2
    assert StoryPage.objects.get(title="B").date_evidence.filter(noted_by=publisher).count() == 1
    decide(client, rows, "undo")
    assert {date_of("A law on springs"), date_of("B")} == {""}
    assert [needs(row) for row in rows] == ["undated", "conflict"]


def test_what_is_no_date_changes_nothing_and_is_told(brought, publisher, client):
    answer = decide(client, [brought["B"]], "date", "31 December 1969")
    assert date_of("B") == ""
    assert needs(brought["B"]) == "conflict"
    assert answer.context["messages"]


def test_nobody_knows_is_a_decision_too(brought, publisher, client):
    decide(client, [brought["A law on springs"]], "unknown")
    assert needs(brought["A law on springs"]) == ""
    assert date_of("A law on springs") == ""


def test_duplicates_are_joined_and_their_addresses_lead_to_one_page(brought, publisher, client):
    decide(client, [brought["C"]], "join")
    address = OldAddress.objects.get(path="/c.html")
    assert address.item == brought["A law on springs"]
    decide(client, [brought["C"]], "undo")
    address.refresh_from_db()
    assert address.item == brought["C"]
    decide(client, [brought["B"]], "join")
    assert needs(brought["B"]) == "conflict"


def test_a_suspected_duplicate_is_shown_beside_what_it_may_repeat(brought, publisher, client):
    twin = reverse("rescue:beside", args=[brought["A law on springs"].pk])
    shown = {
        title: client.get(reverse("rescue:beside", args=[row.pk])).content.decode()
        for title, row in brought.items()
    }
    assert "It may be the same as" in shown["C"]
    assert f'<a href="{twin}">A law on springs</a>' in shown["C"]
    assert "It may be the same as" not in shown["B"]


def test_what_changed_on_both_sides_is_named(brought, publisher, client):
    row = brought["D"]
    page = row.page.specific
    page.title = "D, as an editor says it"
    page.save_revision(user=publisher)
    list(apply_items([make_item("d.html", title="D, as the old site says it now")], Into()))
    text = client.get(reverse("rescue:beside", args=[row.pk])).content.decode()
    assert "Changed here and on the old site: title. What stands here was left." in text
    assert "Changed here" not in client.get(reverse("rescue:beside", args=[brought["B"].pk])).content.decode()


def test_a_decision_is_an_editors_work_that_a_newer_crawl_leaves(brought, publisher, client):
    decide(client, [brought["B"]], "date", "2015")
    list(apply_items([make_item("b.html", title="B")], Into()))
    assert date_of("B") == "2015"


def test_the_old_page_stands_beside_the_new_one_in_a_sandbox(brought, publisher, client):
    row = brought["A law on springs"]
    assert "<iframe sandbox" in client.get(reverse("rescue:beside", args=[row.pk])).content.decode()
    answer = client.get(reverse("old-original", args=[row.sha256]))
    assert answer.content == OLD
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("sandbox;")
    assert "default-src 'none'" in policy
    assert not [each for each in ("allow-scripts", "script-src", "img-src", "http") if each in policy]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get(reverse("old-original", args=["0" * 64]), follow=True).status_code == 404


@pytest.mark.parametrize(
    ("media_type", "shown", "is_file"),
    [
        ("image/png", "image/png", False),
        ("text/css", "text/plain", False),
        ("image/svg+xml", "application/octet-stream", True),
        ("application/pdf", "application/octet-stream", True),
    ],
)
def test_an_original_that_is_no_page_is_shown_as_a_picture_or_handed_over(
    brought, publisher, client, media_type, shown, is_file
):
    old = make_capture("thing", b"<svg onload=alert(1)> or %PDF", media_type)
    keep_captures(old)
    answer = client.get(reverse("old-original", args=[old.sha256]))
    assert answer["Content-Type"] == shown
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert ("attachment" in answer.get("Content-Disposition", "")) is is_file


def test_what_only_bounds_are_known_of_waits_with_its_proposal(site, publisher, client):
    item = make_item(published=from_words("between 10 and 22 March 2015"), basis=Basis.NEIGHBOURS)
    list(apply_items([item, make_item("sure.html", title="Sure")], Into()))
    text = client.get(reverse("rescue:queue") + "?need=undated").content.decode()
    assert "etween 10 and 22 March 2015" in text
    assert ">Sure</a>" not in text


def test_the_picture_tells_defects_stand_ins_and_how_far_the_review_is(brought, publisher, client):
    item = make_item("e.html", title="E", published=None, stand_in="31 December 1969")
    list(apply_items([item], Into()))
    decide(client, [brought["B"]], "unknown")
    context = client.get(reverse("rescue:index")).context
    told = {each.code: (each.waiting, each.settled) for each in context["defects"]}
    assert (told["conflict"], told["undated"]) == ((0, 1), (2, 0))
    assert context["stand_ins"] == [("31 December 1969", 1)]
    assert (context["settled"], context["waiting"]) == (1, 3)


def test_all_addresses_can_be_taken_along(brought, publisher, client):
    text = b"".join(client.get(reverse("rescue:addresses")).streaming_content).decode()
    assert text.count("\n") == OldAddress.objects.count() + 1


@pytest.mark.parametrize("role", ["Editors", "Treasurers", "Membership secretaries"])
def test_a_role_that_may_not_sees_and_decides_nothing(brought, client, role):
    client.force_login(make_staff(role, email="other@example.org"))
    row = brought["A law on springs"]
    places = [
        reverse("rescue:index"),
        reverse("rescue:queue"),
        reverse("rescue:addresses"),
        reverse("rescue:beside", args=[row.pk]),
        reverse("old-original", args=[row.sha256]),
    ]
    assert {client.get(place).status_code for place in places} <= {302, 403}
    decide(client, [row], "date", "2015")
    assert needs(row) == "undated"
    assert client.get(reverse("wagtailadmin_home")).content.decode().count("/admin/old-site/") == 0


def test_readers_see_no_original(brought, client):
    answer = client.get(reverse("old-original", args=[brought["A law on springs"].sha256]))
    assert answer.status_code == 302


# --- two people, and second thoughts


def told(answer):
    return " ".join(str(each) for each in answer.context["messages"])


def test_who_decides_second_is_told_and_the_first_decision_can_still_be_taken_back(
    brought, publisher, client
):
    decide(client, [brought["B"]], "date", "2015")
    assert "decided already" in told(decide(client, [brought["B"]], "keep"))
    assert date_of("B") == "2015"
    assert "1 item decided" in told(decide(client, [brought["B"]], "undo"))
    assert (date_of("B"), needs(brought["B"])) == ("", "conflict")
    assert "Nothing was decided" in told(decide(client, [brought["B"]], "undo"))
    assert "1 item decided" in told(decide(client, [brought["B"]], "keep"))


def test_a_date_that_an_editor_set_after_a_decision_survives_its_undoing(brought, publisher, client):
    decide(client, [brought["B"]], "date", "2015")
    page = StoryPage.objects.get(title="B")
    page.published = from_words("3 May 2016")
    page.save_revision(user=publisher)
    decide(client, [brought["B"]], "undo")
    assert date_of("B") == "2016-05-03"
    assert needs(brought["B"]) == "conflict"


def test_a_date_written_beside_another_choice_is_asked_about(brought, publisher, client):
    answer = decide(client, [brought["B"]], "keep", "3 May 2016")
    assert "You wrote a date" in told(answer)
    assert needs(brought["B"]) == "conflict"


def test_an_item_whose_page_was_deleted_meanwhile_is_told_in_words(brought, publisher, client):
    StoryPage.objects.get(title="B").delete()
    assert "was deleted meanwhile" in told(decide(client, [brought["B"], brought["C"]], "keep"))
    assert needs(brought["C"]) == "duplicate"
    assert "Choose at least one" in told(decide(client, [], "keep"))


def test_what_was_decided_says_what_who_and_when(brought, publisher, client):
    decide(client, [brought["B"]], "date", "3 May 2016")
    for text in (
        queue(client, "settled"),
        client.get(reverse("rescue:beside", args=[brought["B"].pk])).content.decode(),
    ):
        assert "3 May 2016" in text
        assert publisher.get_username() in text
        assert "Take the decision back" in text
        assert "Set this date" not in text
    assert "Set this date" in queue(client, "undated")


def test_who_erred_beside_an_old_page_stays_there(brought, publisher, client):
    row = brought["B"]
    data = {"items": [row.pk], "act": "date", "words": "when it rained", "beside": row.pk}
    answer = client.post(reverse("rescue:decide"), data)
    assert answer["Location"] == reverse("rescue:beside", args=[row.pk])
    answer = client.post(reverse("rescue:decide"), {**data, "words": "May 2016"})
    assert answer["Location"].startswith(reverse("rescue:queue"))
