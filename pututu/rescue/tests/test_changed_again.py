"""What the old site says otherwise a second and a third time is no editor's work."""

import pytest

from pututu.publishing.models import StoryIndexPage, StoryPage
from pututu.rescue.bringing.applying import Into, apply_items
from pututu.rescue.models import RescuedItem
from pututu.rescue.tests.old_items import make_item
from tests.factories import make_site, section_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_published", [False, True])
def test_a_page_that_changes_again_and_again_follows_and_waits_for_nobody(is_published):
    home = make_site()["en"]
    into = Into(section=section_of(home, StoryIndexPage), is_published=is_published)
    for number in range(4):
        item = make_item(body=f"<p>It protects {number} springs.</p>", standfirst=f"Law number {number}.")
        (done,) = apply_items([item], into)
        assert done.decision.act == ("create" if number == 0 else "change")
    page = StoryPage.objects.get().get_latest_revision_as_object()
    assert page.standfirst == "Law number 3."
    assert "3 springs" in str(page.body)
    assert RescuedItem.objects.get().needs == ""
