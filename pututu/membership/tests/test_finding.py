"""Does the database find those whom the rule would find, whatever terms and decisions there are?"""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from pututu.membership.models import Decision, Membership, MembershipRules, Term
from pututu.membership.rules import ALL_MEMBERS, BELONGING, Status, covered_until, status_on
from pututu.membership.services.finding import keys_found, statuses_of
from tests.belonging import day, make_membership, make_person, make_plan, pay_for
from tests.factories import make_site, make_staff

TODAY = day("2026-06-15")
days = some.integers(-500, 200).map(lambda number: TODAY + dt.timedelta(number))
lengths = some.one_of(some.none(), some.integers(0, 400))
terms = some.tuples(days, lengths, some.booleans())
decisions = some.tuples(some.sampled_from(Status), days, lengths, some.booleans())
lives = some.tuples(some.lists(terms, max_size=4), some.lists(decisions, max_size=2), some.none() | days)


def write_down(plan, number, life):
    spans, decided, died_on = life
    held = make_membership(plan, make_person(f"Nr {number}", died_on=died_on))
    for first, length, is_revoked in spans:
        last = None if length is None else first + dt.timedelta(length)
        revoked = dt.datetime.now(dt.UTC) if is_revoked else None
        facts = {"first": first, "last": last, "anchor": 1, "ground": "granted", "revoked_at": revoked}
        Term.objects.create(membership=held, plan=plan, **facts)
    for status, first, length, is_revoked in decided:
        last = None if length is None else first + dt.timedelta(length)
        if last is None and status not in ("resigned", "expelled"):
            continue
        revoked = dt.datetime.now(dt.UTC) if is_revoked else None
        facts = {"status": status, "first": first, "last": last, "reason": "x", "revoked_at": revoked}
        Decision.objects.create(membership=held, **facts)


class TestAgainstTheRule(TestCase):
    @settings(max_examples=40)
    @given(some.lists(lives, min_size=1, max_size=4), some.integers(0, 60))
    def test_the_database_finds_whom_the_rule_finds(self, made, grace_days):
        rules = MembershipRules.load()
        rules.grace_days = grace_days
        rules.save()
        plan = make_plan()
        for number, life in enumerate(made):
            write_down(plan, number, life)
        held = list(Membership.objects.with_facts())
        true = {each.pk: status_on(TODAY, each.facts, rules.status_rules) for each in held}
        assert statuses_of(Membership.objects.all(), on=TODAY) == true
        for status in Status:
            found = keys_found({"status": str(status)}, on=TODAY)
            assert set(found) == {key for key, told in true.items() if told is status}
        members = set(keys_found({"status": ALL_MEMBERS}, on=TODAY))
        assert members == {key for key, told in true.items() if told in BELONGING}
        ends = {each.pk: covered_until(each.facts.terms) for each in held}
        soon = {key for key, end in ends.items() if end and TODAY <= end <= TODAY + dt.timedelta(60)}
        assert set(keys_found({"days": 60}, on=TODAY)) == soon


@pytest.mark.django_db
def test_the_list_asks_as_many_questions_for_few_as_for_many(client):
    make_site(("en", "es"))
    client.force_login(make_staff("Membership secretaries", email="secretary@example.org"))
    plan = make_plan()
    page = reverse("membership:list")

    def asked(count):
        for number in range(count):
            today = dt.datetime.now(dt.UTC).date().isoformat()
            pay_for(make_membership(plan, make_person(f"Quispe {number}")), on=today)
        with CaptureQueriesContext(connection) as queries:
            shown = client.get(page, {"status": ALL_MEMBERS}).content.decode()
        return len(queries), shown.count("Quispe ")

    asked(1)
    (few, listed), (many, listed_then) = asked(2), asked(9)
    assert (listed, listed_then) == (3, 12)
    assert few == many


@pytest.mark.django_db
def test_a_filter_that_cannot_be_read_leaves_nobody(client):
    make_site(("en", "es"))
    client.force_login(make_staff("Membership secretaries", email="secretary@example.org"))
    make_membership(holder=make_person("Rosa Quispe"))
    page = reverse("membership:list")
    assert "Rosa Quispe" in client.get(page).content.decode()
    for query in ({"status": "gibberish"}, {"days": "-5"}, {"plan": "gone"}):
        assert "Rosa Quispe" not in client.get(page, query).content.decode()
