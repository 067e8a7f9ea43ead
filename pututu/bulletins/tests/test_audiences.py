"""Does a series that is for some people go to them alone?"""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from pututu.bulletins.models import Series
from pututu.bulletins.rules.ledger import State
from pututu.bulletins.services.audience import NOT_IN_AUDIENCE, audience_of
from pututu.bulletins.services.posting import Composers
from pututu.bulletins.services.sending import send_due
from pututu.bulletins.tests.making import make_issue, make_reader, make_series, start
from pututu.bulletins.tests.recording import Recorder
from pututu.people.models import SavedSegment
from pututu.people.services.persons import set_tags
from pututu.people.services.segmenting import InUse, remove_segment
from tests.factories import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def friends() -> Series:
    make_site(("en", "es"))
    saved = SavedSegment.objects.create(kind="people", name="Friends", filters={"tag": "friend"})
    ana = make_reader("ana@example.org", "Ana")
    make_reader("bea@example.org", "Bea")
    set_tags(ana, ["friend"])
    return make_series(segment=saved)


def addresses(series: Series) -> tuple[list[str], dict[str, int]]:
    found = audience_of(series, {"en": ()}, on=timezone.localdate())
    return [each.address for each in found.readers], dict(found.left_out)


def test_others_get_none_whatever_they_agreed_to(friends: Series) -> None:
    assert addresses(friends) == (["ana@example.org"], {NOT_IN_AUDIENCE: 1})
    assert len(addresses(make_series("all"))[0]) == 2


def test_a_filter_that_no_app_knows_any_more_means_nobody(friends: Series) -> None:
    SavedSegment.objects.update(kind="gone")
    friends.refresh_from_db()
    assert addresses(friends)[0] == []


def test_whoever_is_not_meant_any_more_gets_nothing_more(friends: Series) -> None:
    issue = start(make_issue(friends))
    row = issue.deliveries.get()
    assert row.person
    set_tags(row.person, [])
    channel = Recorder()
    send_due(channel, Composers())
    row.refresh_from_db()
    assert (channel.addresses, row.state, row.words) == ([], State.SUPPRESSED, NOT_IN_AUDIENCE)


def test_a_filter_that_a_series_rests_on_stays(friends: Series, admin_client: Any) -> None:
    assert friends.segment
    with pytest.raises(InUse):
        remove_segment(friends.segment, by=None)
    free = SavedSegment.objects.create(kind="people", name="Free", filters={"language": "es"})
    remove_segment(free, by=None)
    assert list(SavedSegment.objects.all()) == [friends.segment]
