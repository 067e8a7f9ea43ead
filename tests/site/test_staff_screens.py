"""Staff can open what they need on a real installation, where every file must be gathered first."""

import re

import pytest
from django.contrib.auth.models import Group
from django.contrib.staticfiles import finders
from django.urls import reverse

from pututu.accounts.models import User
from tests.factories import make_article, make_background, make_event, make_publication, make_site, make_staff

pytestmark = pytest.mark.django_db
PASSWORD = "twelve long words"
MAKERS = (make_article, make_background, make_publication, make_event)


@pytest.fixture
def screens(client):
    """The editing screens of a page of each kind, as HTML."""
    home = make_site()["en"]
    pages = [home, *(make(home, **({"starts_on": "2027"} if make is make_event else {})) for make in MAKERS)]
    client.force_login(make_staff())
    return [client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode() for page in pages]


def static_files(html):
    return set(re.findall(r'/static/([^"?]+\.(?:js|css))', html))


def missing(paths):
    return {path for path in paths if not finders.find(path)}


def test_every_file_that_an_editing_screen_asks_for_is_there(screens):
    found = set().union(*map(static_files, screens))
    assert "typed_table_block/js/typed_table_block.js" in found
    assert not missing(found)
    assert missing({"typed_table_block/js/no_such_file.js"})


def set_up_a_second_factor(client):
    """Ask for the page that takes an authenticator app, giving the password again where it is asked for."""
    address = reverse("mfa_activate_totp")
    answer = client.get(address)
    if reverse("account_reauthenticate") in answer.headers.get("Location", ""):
        client.post(answer.url, {"password": PASSWORD})
        answer = client.get(address)
    return answer


def test_whoever_asked_for_a_new_password_can_still_set_up_the_second_factor(client, settings):
    """allauth notes the address of whoever asks, as one that nobody has proved."""
    user = User.objects.create_user("editor@example.org", PASSWORD)
    user.groups.add(Group.objects.get(name="Editors"))
    client.post(reverse("account_reset_password"), {"email": user.email})
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert client.get("/admin/").url == reverse("mfa_index")
    assert 'name="code"' in set_up_a_second_factor(client).content.decode()
    settings.MFA_ALLOW_UNVERIFIED_EMAIL = False  # the control: a letter would have to be answered first
    assert set_up_a_second_factor(client).url == reverse("mfa_index")
