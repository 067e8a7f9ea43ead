"""Can staff say how they are called, and in which language and by which clock they work?"""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db


def test_name_language_and_clock_are_kept_and_nothing_else_is_asked(client):
    make_site(("en", "es"))
    user = make_staff()
    client.force_login(user)
    page = client.get(reverse("wagtailadmin_account")).content.decode()
    assert 'name="name_email-name"' in page
    assert "last_name" not in page
    said = {
        "name_email-name": "Inés",
        "locale-preferred_language": "es",
        "locale-current_time_zone": "America/Lima",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    assert client.post(reverse("wagtailadmin_account"), said).status_code == 302
    user.refresh_from_db()
    profile = UserProfile.get_for_user(user)
    assert (user.name, profile.preferred_language, profile.current_time_zone) == (
        "Inés",
        "es",
        "America/Lima",
    )
    assert '<html lang="es"' in client.get(reverse("wagtailadmin_home")).content.decode()
