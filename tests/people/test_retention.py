"""Is what is over its time shown before it is taken out, taken out once, and nothing else with it?"""

from __future__ import annotations

import datetime as dt
import io

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from pututu.giving.models import (
    BankAccount,
    KnownPayer,
    LedgerRecord,
    Payment,
    ProviderEvent,
    Statement,
    StatementLine,
    Upload,
)
from pututu.membership.models import MailedLink, Membership
from pututu.people.models import (
    AccessRecord,
    Attempts,
    ConsentRecord,
    Erasure,
    ImportRow,
    ImportRun,
    Person,
    RetentionLength,
    RetentionRun,
    Suppression,
)
from pututu.people.retention import rule_named, rules
from pututu.people.rules import Act, Purpose
from pututu.people.rules.retention import Fate, Unit, kept_since
from pututu.people.services import record_consent, retaining, suppress, withdraw_consent
from pututu.people.services.importing import path_of, take_list
from pututu.people.services.persons import change_person
from pututu.people.services.retaining import OutOfBounds, apply_rule, length_of, set_length, standing
from tests.belonging import ask_for, day, make_membership, make_person, make_plan, pay_for
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db
TODAY = day("2036-06-15")
LONG_AGO = "2020-03-15"
STARTED = dt.datetime(2020, 3, 15, 12, tzinfo=dt.UTC)


def due(slug: str) -> list[object]:
    rule = rule_named(slug)
    found = standing(rule, today=TODAY)
    return list(rule.due(found.since))


def run(slug: str, **options) -> int:
    return apply_rule(rule_named(slug), today=TODAY, by=None, **options)


def written_down(name: str, *emails: str, **columns) -> Person:
    """Somebody who was written down long ago."""
    with time_machine.travel(STARTED, tick=False):
        return make_person(name, *emails, **columns)


# --- the day


@given(some.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), some.integers(1, 20), some.sampled_from(Unit))
def test_whatever_is_kept_longer_is_kept_at_least_as_long(today, length, unit):
    assert kept_since(today, length + 1, unit) <= kept_since(today, length, unit) < today
    assert kept_since(today, length, Unit.YEAR_ENDS) <= kept_since(today, length, Unit.YEARS)


def test_whole_years_after_a_year_end_on_the_last_of_december():
    assert kept_since(day("2026-12-31"), 6, Unit.YEAR_ENDS) == day("2020-01-01")
    assert kept_since(day("2024-02-29"), 1, Unit.YEARS) == day("2023-02-28")


# --- the rules, one by one


def test_a_question_that_was_never_confirmed_goes_and_one_that_was_stays():
    with time_machine.travel(STARTED, tick=False):
        rosa = make_person("Rosa", "rosa@example.org")
        email = rosa.addresses.get()
        for purpose in (Purpose.BULLETINS, Purpose.EVENTS):
            record_consent(rosa, email, purpose, act=Act.ASKED)
        record_consent(rosa, email, Purpose.EVENTS, act=Act.GIVEN)
    assert [row.purpose for row in due("unconfirmed-consent")] == ["bulletins"]
    assert run("unconfirmed-consent") == 1
    assert list(ConsentRecord.objects.values_list("purpose", "act")) == [
        ("events", "asked"),
        ("events", "given"),
    ]


def test_people_of_whom_nothing_is_left_are_erased_and_nobody_else_is():
    written_down("Nobody", "nobody@example.org")
    agrees, withdrew, noted = (
        written_down(each, f"{each}@example.org") for each in ("Agrees", "Withdrew", "Noted")
    )
    with time_machine.travel(STARTED + dt.timedelta(1), tick=False):
        for person in (agrees, withdrew):
            record_consent(person, person.addresses.get(), Purpose.BULLETINS, act=Act.GIVEN)
    with time_machine.travel(STARTED + dt.timedelta(2), tick=False):
        withdraw_consent(withdrew, withdrew.addresses.get(), [Purpose.BULLETINS], page="mail")
    with time_machine.travel(dt.datetime(2035, 1, 1, tzinfo=dt.UTC), tick=False):
        change_person(noted, {"notes": "met at the stall"}, by=None)
    with time_machine.travel(STARTED, tick=False):
        make_membership(make_plan(), written_down("Member"))
        payer = written_down("Payer")
        pay_for(make_membership(make_plan("other"), payer))
    assert sorted(person.name for person in due("nothing-left")) == ["Nobody", "Withdrew"]
    assert run("nothing-left") == 2
    assert sorted(Person.objects.known().values_list("name", flat=True)) == [
        "Agrees",
        "Member",
        "Noted",
        "Payer",
    ]
    assert Erasure.objects.count() == 2
    assert run("nothing-left") == 0


def test_former_members_and_donors_go_when_the_years_of_the_accounts_are_over():
    with time_machine.travel(STARTED, tick=False):
        plan = make_plan()
        former, still, gave, life = (make_person(each) for each in ("Former", "Still", "Gave", "Life"))
        for person in (former, still):
            pay_for(make_membership(plan, person, on=LONG_AGO), on=LONG_AGO)
        pay_for(make_membership(make_plan("life", months=None), life, on=LONG_AGO), on=LONG_AGO)
        gift = pay_for(make_membership(plan, gave, on=LONG_AGO), on=LONG_AGO)
        Membership.objects.filter(holder=gave).update(holder=former)
        Membership.objects.filter(holder=former).last().belongings.filter(person=gave).delete()
    with time_machine.travel(dt.datetime(2030, 3, 15, 12, tzinfo=dt.UTC), tick=False):
        pay_for(still.memberships.get(), on="2030-03-15")
    assert [person.name for person in due("former-members")] == ["Former"]
    assert [person.name for person in due("former-donors")] == ["Gave"]
    assert (run("former-members"), run("former-donors")) == (1, 1)
    assert sorted(Person.objects.known().values_list("name", flat=True)) == ["Life", "Still"]
    gift.refresh_from_db()
    assert (gift.minor, gift.payer.name) == (3600, "")


def test_applications_that_nothing_was_paid_for_go_with_what_was_awaited():
    with time_machine.travel(STARTED, tick=False):
        plan = make_plan()
        never, paid, awaited = (make_membership(plan, make_person(str(n)), on=LONG_AGO) for n in range(3))
        ask_for(never, on=LONG_AGO)
        pay_for(paid, on=LONG_AGO)
    ask_for(awaited, on="2036-06-01")
    assert due("unpaid-applications") == [never]
    assert run("unpaid-applications") == 1
    assert set(Membership.objects.all()) == {paid, awaited}
    assert Payment.objects.get(payer=never.holder).state == "cancelled"
    assert Payment.objects.get(payer=awaited.holder).state == "pending"


def old_ledger() -> Payment:
    payment = pay_for(make_membership(holder=make_person("Rosa Ñahui"), on=LONG_AGO), on=LONG_AGO)
    Payment.objects.update(note="from her sister")
    LedgerRecord.objects.create(payment=payment, act="asked", detail="rang about it")
    account = BankAccount.objects.create(name="Current")
    statement = Statement.objects.create(account=account, filename="a.csv", sha256="x")
    for on, text in ((LONG_AGO, "R NAHUI"), ("2035-01-01", "L MAMANI")):
        StatementLine.objects.create(
            account=account, statement=statement, fingerprint=text, booked_on=day(on), minor=3600, text=text
        )
    KnownPayer.objects.create(account=account, words="R NAHUI", person=payment.payer)
    return payment


def test_old_words_of_the_ledger_go_and_its_sums_stay():
    with time_machine.travel(STARTED, tick=False):
        payment = old_ledger()
    sums = list(Payment.objects.with_sums().values_list("minor", "shared", "kept", "received_on"))
    assert [run(slug) for slug in ("ledger-words", "statement-lines", "known-payers")] == [1, 1, 1]
    payment.refresh_from_db()
    assert payment.note == ""
    assert not LedgerRecord.objects.exclude(detail="").exists()
    assert list(StatementLine.objects.values_list("text", "minor")) == [("", 3600), ("L MAMANI", 3600)]
    assert not KnownPayer.objects.exists()
    assert list(Payment.objects.with_sums().values_list("minor", "shared", "kept", "received_on")) == sums
    assert [run(slug) for slug in ("ledger-words", "statement-lines", "known-payers")] == [0, 0, 0]


def test_words_of_the_years_that_accounts_are_kept_stay():
    with time_machine.travel(STARTED, tick=False):
        old_ledger()
    for slug in ("ledger-words", "statement-lines"):
        rule = rule_named(slug)
        assert apply_rule(rule, today=day("2027-12-31"), by=None) == 0
        assert apply_rule(rule, today=day("2028-01-01"), by=None) == 1


def test_messages_of_providers_lose_their_bodies_once_they_were_dealt_with():
    with time_machine.travel(STARTED, tick=False):
        for number, handled in ((1, timezone.now()), (2, None)):
            ProviderEvent.objects.create(
                provider="stripe", event_id=str(number), about="x", body="Rosa", handled_at=handled
            )
    assert run("provider-messages") == 1
    assert list(ProviderEvent.objects.order_by("event_id").values_list("body", flat=True)) == ["", "Rosa"]


def test_lists_lose_their_lines_and_file_and_are_still_known():
    from django.core.files.uploadedfile import SimpleUploadedFile

    from pututu.people.services.importing import advance, begin_bringing_in, map_columns

    with time_machine.travel(STARTED, tick=False):
        done, begun = (
            take_list(SimpleUploadedFile("l.csv", f"Name\n{name}\n".encode()), filename="l.csv", by=None)
            for name in ("Ana", "Eva")
        )
        map_columns(done, mapping={"0": "name"}, terms={"wording": "Yes"})
        advance(done)
        begin_bringing_in(done, by=None)
        advance(done)
    assert path_of(begun).exists()
    assert run("lists") == 2
    assert not path_of(begun).exists()
    assert not ImportRow.objects.exists()
    assert list(ImportRun.objects.values_list("pk", "state")) == [(done.pk, "done")]
    assert Person.objects.get().name == "Ana"
    assert run("lists") == 0


def test_the_rest_goes_by_its_age():
    with time_machine.travel(STARTED, tick=False):
        make_person("Rosa")
        MailedLink.objects.create(token_hash="x", expires_at=timezone.now())
        Attempts.objects.create(key="x", window=1)
        Upload.objects.create(account=BankAccount.objects.create(name="C"), filename="a.csv", content=b"x")
    kinds = {"access-log": AccessRecord, "links": MailedLink, "attempts": Attempts, "uploads": Upload}
    for slug, model in kinds.items():
        assert model.objects.exists()
        assert run(slug) == 1
    assert not AccessRecord.objects.exclude(fields=["retention"]).exists()


def test_hashes_of_closed_addresses_always_stay():
    suppress("gone@example.org", reason="erased", at=STARTED)
    rule = rule_named("suppression")
    assert (rule.fate, length_of(rule)) == (Fate.STAYS, None)
    with pytest.raises(OutOfBounds):
        set_length(rule, 1, by=None)
    for each in rules():
        apply_rule(each, today=TODAY, by=None)
    assert Suppression.objects.count() == 1


@pytest.mark.parametrize("slug", [rule.slug for rule in rules() if rule.due])
def test_every_rule_can_be_shown_has_bounds_and_touches_nothing_of_today(slug):
    rule = rule_named(slug)
    assert rule.least <= rule.length <= rule.most
    with time_machine.travel(STARTED, tick=False):
        payment = old_ledger()
    assert all(isinstance(words, str) for words in retaining.some_due(rule, today=TODAY, limit=5))
    for length in (rule.least, rule.length, rule.most):
        set_length(rule, length, by=None)
        assert standing(rule, today=day(LONG_AGO)).count == 0
    assert payment.payer.name == "Rosa Ñahui"


# --- how it runs


def test_what_is_kept_by_decision_is_not_touched():
    with time_machine.travel(STARTED, tick=False):
        written_down("Nobody")
    rule = rule_named("nothing-left")
    set_length(rule, None, by=None)
    assert (standing(rule, today=TODAY).count, run("nothing-left")) == (0, 0)
    set_length(rule, 2, by=None)
    assert run("nothing-left") == 1
    for length in (0, rule.most + 1, -3):
        with pytest.raises(OutOfBounds):
            set_length(rule, length, by=None)


def test_a_run_that_dies_has_counted_what_it_did_and_the_next_goes_on(monkeypatch):
    for number in range(5):
        written_down(f"Nobody {number}", f"n{number}@example.org")
    rule = rule_named("nothing-left")
    real, count = rule.act, iter(range(9))

    def dying(keys):
        real(keys)
        if next(count) == 2:
            raise KeyboardInterrupt

    object.__setattr__(rule, "act", dying)
    try:
        with pytest.raises(KeyboardInterrupt):
            run("nothing-left")
    finally:
        object.__setattr__(rule, "act", real)
    first = RetentionRun.objects.get()
    assert (first.count, first.ended_at) == (2, None)
    assert (Erasure.objects.count(), Suppression.objects.count()) == (2, 2)
    assert run("nothing-left") == 3
    assert Erasure.objects.count() == 5


def test_a_run_stops_when_its_time_is_over_and_goes_on_later():
    for number in range(3):
        written_down(f"Nobody {number}")
    assert run("nothing-left", seconds=0) == 0
    assert run("nothing-left", seconds=60) == 3
    assert RetentionRun.objects.filter(ended_at=None).count() == 1


def test_the_command_shows_first_and_runs_when_it_is_told():
    written_down("Nobody")
    said = io.StringIO()
    with time_machine.travel(dt.datetime(2036, 6, 15, 12, tzinfo=dt.UTC), tick=False):
        call_command("apply_retention", stdout=said)
        assert "nothing-left: 1 from before 2033-06-15 to be erased" in said.getvalue()
        assert Person.objects.known().exists()
        call_command("apply_retention", rule=["access-log"], run=True, stdout=said)
        assert Person.objects.known().exists()
        call_command("apply_retention", run=True, stdout=said)
        assert not Person.objects.known().exists()
        with pytest.raises(CommandError, match="nothing-left"):
            call_command("apply_retention", rule=["gibberish"], stdout=said)


# --- the screens


@pytest.fixture
def administrator(client):
    make_site(("en", "es"))
    user = make_staff()
    client.force_login(user)
    return user


def address(name: str, *args: str) -> str:
    return reverse(f"people:{name}", args=args)


def test_staff_see_each_rule_with_what_it_would_touch_and_type_the_number_to_run_it(client, administrator):
    written_down("Nobody of old", "nobody@example.org")
    with time_machine.travel(dt.datetime(2036, 6, 15, 12, tzinfo=dt.UTC)):
        client.force_login(administrator)
        assert "1: Show which" in client.get(address("retention")).content.decode()
        page = address("retention-rule", "nothing-left")
        assert "Nobody of old" in client.get(page).content.decode()
        wrong = client.post(address("retention-apply", "nothing-left"), {"number": "2"})
        assert "nothing was done" in wrong.content.decode()
        assert not Erasure.objects.exists()
        for _click in range(2):
            client.post(address("retention-apply", "nothing-left"), {"number": "1"})
        assert RetentionRun.objects.get().by == administrator
        assert Erasure.objects.count() == 1
        assert "is erased" in client.get(address("retention")).content.decode()
    assert client.get(address("retention-rule", "suppression"), follow=True).status_code == 404


def test_staff_change_for_how_long_within_bounds_and_it_is_written_down(client, administrator):
    page = address("retention-length", "nothing-left")
    assert "from 1 to 10" in client.post(page, {"number": "99"}).content.decode()
    assert not RetentionLength.objects.exists()
    client.post(page, {"number": "5"})
    assert length_of(rule_named("nothing-left")) == 5
    assert AccessRecord.objects.get(fields=["retention"]).by == administrator
    client.post(page, {"number": ""})
    assert "as long as the group lasts" in client.get(address("retention")).content.decode()


def test_secretaries_see_the_rules_and_run_none_and_treasurers_see_none(client, administrator):
    written_down("Nobody")
    apply, length = (address(f"retention-{name}", "nothing-left") for name in ("apply", "length"))
    client.force_login(make_staff("Membership secretaries", email="secretary@example.org"))
    assert client.get(address("retention")).status_code == 200
    assert "Do it" not in client.get(address("retention-rule", "nothing-left")).content.decode()
    with time_machine.travel(dt.datetime(2036, 6, 15, 12, tzinfo=dt.UTC)):
        client.force_login(make_staff("Membership secretaries", email="s2@example.org"))
        assert client.post(apply, {"number": "1"}).status_code == 302
        assert client.post(length, {"number": "2"}).status_code == 302
    assert not Erasure.objects.exists()
    assert not RetentionLength.objects.exists()
    client.force_login(make_staff("Treasurers", email="treasurer@example.org"))
    assert client.get(address("retention")).status_code == 302
    assert client.get(address("retention-rule", "nothing-left")).status_code == 302
