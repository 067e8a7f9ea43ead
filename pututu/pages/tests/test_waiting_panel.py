"""The panel about pages shows to those who have pages to see to, and to nobody else."""

import pytest
from django.urls import reverse

from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "is_shown"), [("Editors", True), ("Treasurers", False), ("Membership secretaries", False)]
)
def test_the_panel_about_pages_shows_to_those_who_have_pages(client, role, is_shown):
    make_site(("en", "es"))
    client.force_login(make_staff(role))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert ('id="waiting"' in page) is is_shown
