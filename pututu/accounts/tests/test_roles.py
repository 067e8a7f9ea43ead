"""Do the roles of an older installation get what came since, and does what was taken away stay away?"""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as some

from pututu.accounts.models import RoleGrant
from pututu.accounts.rules import ADMINISTRATOR, APPS_SINCE, EDITOR, ROLES, new_to

pytestmark = pytest.mark.django_db


def migrate():
    call_command("migrate", verbosity=0)


def permissions_of(role: str) -> set[str]:
    rows = Group.objects.get(name=role).permissions.values_list("content_type__app_label", "codename")
    return {".".join(row) for row in rows}


def take_away(role: str, **which: object) -> None:
    group = Group.objects.get(name=role)
    group.permissions.remove(*group.permissions.filter(**which))


@pytest.fixture
def older_installation():
    """As it was before there were people, money and members, and before grants were written down."""
    RoleGrant.objects.all().delete()
    Group.objects.filter(name__in=["Membership secretaries", "Treasurers"]).delete()
    take_away("Administrators", content_type__app_label__in=APPS_SINCE)
    take_away("Administrators", codename="delete_topic")


def test_administrators_of_an_older_installation_get_what_came_since(older_installation):
    assert "people.view_person" not in permissions_of("Administrators")
    migrate()
    missing = set(ADMINISTRATOR.others) - permissions_of("Administrators")
    assert missing == {"topics.delete_topic"}  # somebody had taken it away
    for role in ROLES:
        assert set(role.others) - permissions_of(role.name) <= {"topics.delete_topic"}


def test_what_an_administrator_takes_away_is_not_given_again(older_installation):
    migrate()
    take_away("Administrators", codename="delete_person")
    take_away("Membership secretaries", codename="export_people")
    migrate()
    assert "people.delete_person" not in permissions_of("Administrators")
    assert "people.export_people" not in permissions_of("Membership secretaries")
    RoleGrant.objects.get(role="Administrators", permission="people.delete_person").delete()
    migrate()  # a permission that is new to the role comes by itself
    assert "people.delete_person" in permissions_of("Administrators")


def test_what_somebody_allowed_beyond_the_role_stays():
    extra = Permission.objects.get(codename="view_claim")
    Group.objects.get(name="Editors").permissions.add(extra)
    migrate()
    assert "giving.view_claim" in permissions_of("Editors")


def test_a_role_that_was_deleted_comes_back_whole():
    Group.objects.get(name="Editors").delete()
    migrate()
    assert permissions_of("Editors") == set(EDITOR.others)


@given(some.sampled_from(ROLES), some.data())
def test_nothing_is_offered_twice_and_nothing_is_left_out(role, data):
    offered = data.draw(some.frozensets(some.sampled_from(role.others), min_size=1))
    assert set(new_to(role, offered=offered)) == set(role.others) - offered
