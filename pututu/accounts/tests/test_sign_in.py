"""Staff come in by one door, with a second factor, and it is written down."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, ModelLogEntry

from pututu.accounts.models import User
from pututu.accounts.rules import ROLES, needs_second_factor
from tests.factories import make_staff

pytestmark = pytest.mark.django_db
PASSWORD = "twelve long words"


@pytest.fixture
def editor(settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    user = User.objects.create_user("Editor@Example.org", PASSWORD)
    user.groups.add(Group.objects.get(name="Editors"))
    return user


def sign_in(client, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": "editor@example.org", "password": password})


def test_the_roles_are_there_and_wagtails_own_are_not():
    assert set(Group.objects.values_list("name", flat=True)) == {role.name for role in ROLES}
    assert "Moderators" not in {role.name for role in ROLES}


def test_editors_write_and_publishers_publish():
    def may(role, codename):
        return GroupPagePermission.objects.filter(group__name=role, permission__codename=codename).exists()

    assert may("Editors", "change_page")
    assert not may("Editors", "publish_page")
    assert may("Publishers", "publish_page")


def test_publishers_approve_what_editors_submit():
    assert GroupApprovalTask.objects.get().groups.get().name == "Publishers"


def test_wagtails_own_sign_in_leads_to_the_one_that_asks_for_the_second_factor(client):
    answer = client.get("/admin/login/?next=/admin/pages/")
    assert answer.url == "/accounts/login/?next=%2Fadmin%2Fpages%2F"


def test_staff_without_a_second_factor_must_set_one_up_first(client, editor, settings):
    settings.IS_DEMO = False
    client.force_login(editor)
    assert client.get("/admin/").url == reverse("mfa_index")
    Authenticator.objects.create(user=editor, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("en", "Nobody works on this site with a password alone"),
        ("es", "Nadie trabaja en este sitio solo con"),
    ],
)
def test_whoever_is_sent_to_the_second_factor_is_told_why_until_there_is_one(
    client, editor, language, reason
):
    client.force_login(editor)
    client.cookies["django_language"] = language
    assert reason in client.get(reverse("mfa_index")).content.decode()
    Authenticator.objects.create(user=editor, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert reason not in client.get(reverse("mfa_index")).content.decode()


def test_the_demonstration_asks_for_no_second_factor(client, editor, settings):
    settings.IS_DEMO = True
    client.force_login(editor)
    assert client.get("/admin/").status_code == 200


def test_a_second_factor_is_needed_only_where_it_protects_something():
    assert needs_second_factor(is_demo=False, may_enter=True, has_factor=False)
    assert not needs_second_factor(is_demo=False, may_enter=False, has_factor=False)
    assert not needs_second_factor(is_demo=False, may_enter=True, has_factor=True)


def test_every_sign_in_and_every_failure_is_in_the_log(client, editor):
    sign_in(client, "wrong words entirely")
    sign_in(client)
    actions = list(ModelLogEntry.objects.filter(object_id=str(editor.pk)).values_list("action", flat=True))
    assert "accounts.sign_in" in actions
    assert "accounts.sign_in_failed" in actions


def test_a_change_of_permissions_is_in_the_log(editor):
    editor.groups.add(Group.objects.get(name="Publishers"))
    assert ModelLogEntry.objects.filter(action="accounts.permissions", object_id=str(editor.pk)).exists()


def test_too_many_wrong_passwords_close_the_door_even_to_the_right_one(client, editor, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
    for _attempt in range(6):
        sign_in(client, "wrong words entirely")
    sign_in(client)
    assert "_auth_user_id" not in client.session
    cache.clear()  # the control: once the time is over the same try succeeds
    sign_in(client)
    assert "_auth_user_id" in client.session


def test_an_address_is_the_same_in_capitals(editor):
    assert editor.email == "editor@example.org"
    with pytest.raises(Exception, match="already exists"):
        User.objects.create_user("EDITOR@example.org", PASSWORD)


def test_nobody_signs_up(client):
    assert User.objects.count() == 0
    answer = client.post(reverse("account_signup"), {"email": "new@example.org", "password1": PASSWORD})
    assert "closed" in answer.content.decode().lower()
    assert User.objects.count() == 0


def test_each_role_may_do_what_its_rules_say_from_the_first_day():
    from pututu.accounts.rules import ROLES

    for role in ROLES:
        granted = set(
            Group.objects.get(name=role.name).permissions.values_list("content_type__app_label", "codename")
        )
        missing = {name for name in role.others if tuple(name.split(".")) not in granted}
        assert not missing, role.name
        files = set(
            GroupCollectionPermission.objects.filter(group__name=role.name).values_list(
                "permission__codename", flat=True
            )
        )
        assert files == {f"{act}_{kind}" for act in role.files for kind in ("image", "document")}


def test_an_administrator_makes_an_account_with_one_name(client):
    client.force_login(make_staff())
    answer = client.post(
        reverse("wagtailusers_users:add"),
        {"email": "new@example.org", "name": "A volunteer", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert answer.status_code == 302
    assert User.objects.get(email="new@example.org").name == "A volunteer"
    page = client.get(reverse("wagtailusers_users:edit", args=[User.objects.get(email="new@example.org").pk]))
    assert "First Name" not in page.content.decode()


def test_the_picture_for_an_authenticator_app_may_be_shown(client, editor):
    client.force_login(editor)
    assert "img-src 'self' data:" in client.get(reverse("mfa_index"))["Content-Security-Policy"]
