"""Are the demonstration's members as lawful as those who come by the services?"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from itertools import pairwise

import pytest

from pututu.giving.models import LedgerRecord, Method, Payment
from pututu.giving.services.gift_aid import judged
from pututu.giving.services.ledger import uses_of
from pututu.lib.references import is_reference
from pututu.membership.models import Membership, Plan
from pututu.membership.rules import BELONGING, Status, StatusRules, Tariff, status_on, term_after
from pututu.operations.demonstration.lives import AT_FIRST, JOINING, YEARS, Life, make_lives
from pututu.operations.demonstration.members import make_members
from pututu.operations.installation import ROOT
from pututu.people.models import Person

TODAY = dt.date(2026, 11, 25)
NAMES = tomllib.loads((ROOT / "demonstration" / "members.toml").read_text(encoding="utf-8"))
PRICES = {"ordinary": 3000, "low-income": 1200, "household": 4000, "organisation": 6000}


@pytest.fixture(scope="module")
def lives() -> list[Life]:
    return make_lives(NAMES, PRICES, today=TODAY)


def test_the_same_day_gives_the_same_members(lives: list[Life]):
    assert make_lives(NAMES, PRICES, today=TODAY) == lives
    assert len(lives) == AT_FIRST + JOINING * YEARS


def test_nobody_shares_a_reference_and_no_person_a_name(lives: list[Life]):
    references = [each for life in lives for each in (life.reference, life.partner_reference) if each]
    assert all(is_reference(each) for each in references)
    assert len(set(references)) == len(references)
    people = [life.name for life in lives if not life.is_organisation]
    assert len(set(people)) == len(people)


def test_some_live_abroad_and_are_reminded_by_a_letter(lives: list[Life]):
    abroad = [life for life in lives if life.country != "GB"]
    assert {life.country for life in abroad} == {"PE", "ES", "CA"}
    assert not any(life.email or life.has_gift_aid for life in abroad)


def test_all_mail_would_go_to_a_name_that_is_nobody_s(lives: list[Life]):
    assert {life.email.partition("@")[2] for life in lives if life.email} == {"example.org"}
    assert sum(not life.email for life in lives) > 100


def test_every_term_is_what_the_rules_give_for_its_payment(lives: list[Life]):
    for life in lives:
        terms = []
        for paid in (each for each in life.paid if each.term):
            assert paid.term == term_after(terms, Tariff(months=12), paid_on=paid.on, rules=StatusRules())
            terms.append(paid.term)
        assert terms
        assert all(one.period.last < other.period.first for one, other in pairwise(terms))


def test_nobody_pays_before_joining_after_today_or_after_death(lives: list[Life]):
    for life in lives:
        assert all(life.applied_on <= paid.on <= TODAY for paid in life.paid)
        assert life.died_on is None or all(paid.on <= life.died_on for paid in life.paid)


@pytest.mark.django_db
def test_they_stand_in_the_records_reconciled_and_about_five_hundred_belong():
    for slug, minor in PRICES.items():
        people = 4 if slug == "household" else 1
        Plan.objects.create(slug=slug, minor=minor, currency="GBP", months=12, people_at_most=people)
    assert make_members(NAMES, today=TODAY) == AT_FIRST + JOINING * YEARS
    standing = Counter(
        status_on(TODAY, each.facts, StatusRules()) for each in Membership.objects.with_facts()
    )
    assert 450 <= sum(standing[status] for status in BELONGING) <= 560
    assert (
        min(standing[each] for each in (Status.GRACE, Status.LAPSED, Status.RESIGNED, Status.DECEASED)) >= 3
    )
    assert not Payment.objects.unassigned().exists()
    assert all(sum(uses_of(each).values()) == each.minor for each in Payment.objects.all()[:200])
    assert LedgerRecord.objects.count() == Payment.objects.count() > 3000
    assert set(Payment.objects.values_list("method", flat=True)) == set(Method.values) - {"cash"}
    assert Person.objects.filter(addresses__isnull=False).count() > Person.objects.distinct().count() / 2
    someone = Person.objects.exclude(given_names="").first()
    assert someone in Person.objects.sought(someone.name)
    assert any(each.verdict.declaration for each in judged(today=TODAY))
