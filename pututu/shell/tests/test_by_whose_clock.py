"""Staff schedule and read hours by the clock of their group, or by the one that they have chosen."""

import datetime as dt
import pickle

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.users.models import UserProfile

from pututu.shell.middleware import go_by_the_group
from pututu.shell.models import SiteSettings
from tests.factories import make_site, make_staff, make_story

pytestmark = pytest.mark.django_db
IN_SUMMER = dt.datetime(2027, 7, 1, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def schedule(client):
    """Ask for the hour that the editing screen shows of a story scheduled for 08:00 UTC."""
    story = make_story(make_site()["en"])
    story.go_live_at = IN_SUMMER
    story.save_revision()
    user = make_staff()
    client.force_login(user)

    def shown(*, group: str, own: str = "") -> str:
        SiteSettings.objects.update(time_zone=group)
        UserProfile.objects.filter(user=user).update(current_time_zone=own)
        answer = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
        return next(hour for hour in ("03:00", "08:00", "09:00", "10:00") if f"2027-07-01 {hour}" in answer)

    return shown


def test_the_schedule_goes_by_the_group_s_time_zone(schedule):
    assert schedule(group="Europe/London") == "09:00"
    assert schedule(group="Europe/Berlin") == "10:00"
    assert schedule(group="UTC") == "08:00"


def test_an_account_with_a_time_zone_of_its_own_goes_by_that(schedule):
    schedule(group="Europe/London")
    assert schedule(group="Europe/London", own="America/Lima") == "03:00"


def test_looking_around_does_not_make_the_group_s_time_zone_the_account_s_own(schedule):
    schedule(group="Europe/London")
    assert [each.current_time_zone for each in UserProfile.objects.all()] == [""]
    assert schedule(group="Europe/Berlin") == "10:00"


def test_whoever_goes_by_the_group_can_still_be_kept_in_a_cache(schedule):
    """Wagtail keeps the sizes of a picture in the cache, and with them who uploaded it."""
    user = make_staff(email="second@example.org")
    go_by_the_group(user)
    assert pickle.loads(pickle.dumps(user)).wagtail_userprofile.current_time_zone == "Europe/London"


def test_every_time_zone_that_an_account_can_choose_is_one_that_browsers_know(client):
    client.force_login(make_staff())
    make_site()
    shown = client.get(reverse("wagtailadmin_account")).content.decode()
    assert 'value="America/Lima"' in shown
    assert 'value="localtime"' not in shown


def test_the_group_cannot_choose_a_time_zone_that_there_is_not():
    row = SiteSettings(time_zone="Europe/Berlin")
    row.clean_fields(exclude=["share_picture"])
    row.time_zone = "Europe/Camelot"
    with pytest.raises(ValidationError, match="Camelot"):
        row.clean_fields(exclude=["share_picture"])
