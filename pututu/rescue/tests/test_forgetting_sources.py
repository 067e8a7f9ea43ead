"""Is what staff gave deleted once it came across, and after a month if nobody asked for it?"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from pututu.rescue.bringing import given
from pututu.rescue.models import RescueRun
from pututu.rescue.tests.test_giving_a_source import PAGE, bring, give, packed, site
from tests.factories import make_staff

__all__ = ["site"]


def lying():
    """The names in the folder of what was given, and in the folders within."""
    return [each.name for each in given.folder().rglob("*") if each.is_file()]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("old.zip", packed(**{"old.example__a.html": PAGE})),
        ("lines.jsonl", b'{"address": "http://old.example/a", "html": "<h1>A law</h1><p>It protects.</p>"}'),
    ],
)
def test_the_file_stays_until_it_was_brought_across_and_then_goes(site, client, name, content):
    client.force_login(make_staff("Publishers"))
    give(client, name, content)
    call_command("bring_old_sites")
    run = RescueRun.objects.get()
    assert run.state == "planned"
    assert given.path_of(run).name in lying()
    bring(client, run)
    assert run.state == "done"
    assert not lying()


def test_what_is_given_twice_stays_until_both_are_done(site, client):
    client.force_login(make_staff("Publishers"))
    for _time in range(2):
        give(client, "old.zip", packed(**{"old.example__a.html": PAGE}))
    call_command("bring_old_sites")
    first, second = RescueRun.objects.order_by("pk")
    bring(client, first)
    assert given.path_of(second).exists()
    bring(client, second)
    assert not lying()


def test_what_nobody_asks_for_goes_after_a_month_and_says_so(site, client):
    client.force_login(make_staff("Publishers"))
    give(client, "old.zip", packed(**{"old.example__a.html": PAGE}))
    call_command("bring_old_sites")
    run = RescueRun.objects.get()
    for days, is_there in ((29, True), (31, False)):
        RescueRun.objects.update(given_at=timezone.now() - dt.timedelta(days=days))
        call_command("bring_old_sites")
        assert bool(lying()) is is_there
    run.refresh_from_db()
    assert run.state == "failed"
    page = client.get(reverse("rescue:run", args=[run.pk])).content.decode()
    assert "Nobody asked for it within 30 days" in page
    assert not given.ask(run, by=None)


def test_while_a_run_is_under_way_its_screen_tells_of_it_and_can_be_told_to_stop(site, client):
    client.force_login(make_staff("Publishers"))
    for is_done in (False, True):
        page = give(client, "old.zip", packed(**{"old.example__a.html": PAGE})).content.decode()
        if is_done:
            call_command("bring_old_sites")
            page = client.get(
                reverse("rescue:run", args=[RescueRun.objects.latest("pk").pk])
            ).content.decode()
        assert ("under-way.js" in page) is not is_done
        assert ("data-stop-looking" in page) is not is_done
        assert 'role="status"' in page
