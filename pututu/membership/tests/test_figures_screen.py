"""Do staff see the years, and only those staff who may?"""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pututu.membership.services.figures import overview
from tests.belonging import make_membership, make_person, make_plan, pay_for
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db


def test_an_empty_group_has_a_screen_without_drawings():
    found = overview(today=dt.date(2026, 11, 25))
    assert (found.belonging, found.figures, found.cohorts) == (0, (), ())


def test_members_money_and_what_waits_are_counted():
    ordinary, household = make_plan("ordinary"), make_plan("household", people_at_most=2)
    pay_for(make_membership(ordinary, on="2026-01-10"), on="2026-01-10")
    pay_for(make_membership(household, make_person("Ana"), on="2025-12-20"), on="2025-12-20")
    pay_for(make_membership(ordinary, make_person("Luz"), on="2025-10-30"), on="2025-10-30")
    found = overview(today=dt.date(2026, 11, 25))
    assert (found.belonging, found.in_grace, found.ending_soon) == (3, 1, 2)
    titles = [figure.title for figure in found.figures]
    assert titles == [
        "Members by plan, at the end of each year",
        "Members by status, at the end of each year",
        "Joined and lost, by year",
        "Income by month, against last year",
    ]
    assert all(figure.chart for figure in found.figures)
    assert found.figures[3].table.splitlines()[2].startswith("2026 | 36 | 0")
    assert [(cohort.year, cohort.number) for cohort in found.cohorts] == [(2025, 2)]


def test_the_screen_prints_drawings_with_their_tables():
    make_site()
    pay_for(make_membership(on=str(timezone.localdate())), on=str(timezone.localdate()))
    client = Client()
    client.force_login(make_staff("Membership secretaries", email="secretary@example.org"))
    page = client.get(reverse("membership:figures")).content.decode()
    assert page.count('<svg class="chart"') == 4
    assert page.count('role="img"') >= 4
    assert '<caption class="unseen">Members by plan' in page


def test_an_editor_sees_no_figures():
    make_site()
    client = Client()
    client.force_login(make_staff("Editors", email="editor@example.org"))
    assert client.get(reverse("membership:figures")).status_code in (302, 403)
