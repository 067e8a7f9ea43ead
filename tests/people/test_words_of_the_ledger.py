"""Do the words in the ledger go with whoever is erased, and does money that comes later wait, naming nobody?"""

from __future__ import annotations

import datetime as dt

import pytest

from pututu.giving.models import (
    BankAccount,
    LedgerRecord,
    LineUse,
    Method,
    Payment,
    ProviderEvent,
    Purpose,
    Refund,
    StatementLine,
)
from pututu.giving.providers.contract import Remote
from pututu.giving.rules import Part, Use
from pututu.giving.rules.tables import Columns
from pututu.giving.services import events
from pututu.giving.services.desk import book_line, remember_payer, set_aside, undo_booking
from pututu.giving.services.ledger import (
    ask_payment,
    ask_refund,
    confirm_payment,
    fail_payment,
    finish_refund,
    move_share,
)
from pututu.giving.services.proposals import queue
from pututu.giving.services.statements import take_in
from pututu.lib.references import show_reference
from pututu.membership.models import Joining
from pututu.membership.rules import Objection, Status, StatusRules, status_on
from pututu.membership.services import honour_payment, override_status
from pututu.membership.services.links import make_link, use_link
from pututu.membership.services.renewals import await_renewals
from pututu.membership.services.waiting import waiting_money
from pututu.people.models import AccessRecord, Person
from pututu.people.services.disclosing import everything
from pututu.people.services.erasing import erase_person
from tests.belonging import (
    ask_for,
    day,
    make_membership,
    make_person,
    make_plan,
    numbers,
    pay_for,
    pounds,
    use_for,
)
from tests.people.test_rights import all_tables

pytestmark = pytest.mark.django_db
WORDS = ("NAHUI", "Ñahui", "her sister", "moved to Puno", "wrong card", "rang about it")


@pytest.fixture
def account() -> BankAccount:
    columns = Columns(date="Date", amount="Amount", text=("Description",))
    return BankAccount.objects.create(name="Current", columns=columns.as_json())


def statement(account: BankAccount, *lines: str) -> list[StatementLine]:
    content = "\n".join(["Date,Description,Amount", *lines]).encode()
    return list(take_in(account, filename="april.csv", content=content, by=None).lines.order_by("pk"))


def rosa_who_paid(account: BankAccount) -> Person:
    """Somebody about whose money much was written: by the bank, by staff, by a provider."""
    rosa = make_person("Rosa Ñahui", "rosa@example.org")
    membership = make_membership(holder=rosa)
    payment = ask_for(membership)
    (line,) = statement(account, "16/03/2026,R NAHUI STO,36.00")
    book_line(line, payment, by=None)
    remember_payer(line, rosa)
    move_share(
        payment, Part(600, use_for(membership)), to=Use(Purpose.GIFT), reason="her sister asked", by=None
    )
    refund = ask_refund(
        payment, pounds(6), key="back", asked_on=day("2026-03-20"), reason="moved to Puno", by=None
    )
    finish_refund(refund, done_on=day("2026-03-20"))
    card = ask_payment(
        rosa,
        pounds(5),
        method=Method.CARD,
        key="card",
        asked_on=day("2026-03-21"),
        provider="stripe",
        provider_reference="cs_1",
    )
    fail_payment(card, reason="wrong card of Rosa Ñahui")
    for number, about in enumerate(("cs_1", str(card.uid))):
        ProviderEvent.objects.create(
            provider="stripe", event_id=f"evt_{number}", about=about, body='{"name": "Rosa Ñahui"}'
        )
    override_status(
        membership,
        status=Status.CURRENT,
        first=day("2026-03-20"),
        last=day("2099-03-20"),
        reason="rang about it",
        by=None,
    )
    return rosa


def test_what_was_written_about_somebodys_money_goes_and_what_accounts_need_stays(account):
    rosa = rosa_who_paid(account)
    before = list(Payment.objects.values_list("minor", "currency", "method", "state", "received_on", "key"))
    acts = list(LedgerRecord.objects.values_list("act", "payment", "at"))
    assert [words for words in WORDS if words in all_tables()] == list(WORDS)
    erase_person(rosa, by=None)
    assert not [words for words in WORDS if words in all_tables()]
    kept = list(Payment.objects.values_list("minor", "currency", "method", "state", "received_on", "key"))
    assert kept == before
    assert list(LedgerRecord.objects.values_list("act", "payment", "at")[: len(acts)]) == acts
    assert (Refund.objects.get().minor, LineUse.objects.get().minor) == (600, 3600)
    summed = Payment.objects.confirmed().with_sums().get()
    assert summed.shared == summed.kept == 3000


def test_lines_of_others_keep_their_words_and_so_does_a_booking_that_was_taken_back(account):
    rosa, luis = make_person("Rosa Ñahui"), make_person("Luis")
    ours, theirs, other = statement(
        account, "16/03/2026,R NAHUI,36.00", "17/03/2026,L MAMANI,20.00", "18/03/2026,EVA,20.00"
    )
    owed = [
        ask_payment(each, line.amount, method=Method.CASH, key=f"o{line.pk}", asked_on=line.booked_on)
        for each, line in ((rosa, ours), (rosa, other), (luis, theirs))
    ]
    undo_booking(book_line(other, owed[1], by=None), by=None, reason="It was Eva's")
    for line, payment in ((ours, owed[0]), (theirs, owed[2])):
        book_line(line, payment, by=None)
    erase_person(rosa, by=None)
    assert list(StatementLine.objects.order_by("pk").values_list("text", flat=True)) == [
        "",
        "L MAMANI",
        "EVA",
    ]


def test_money_that_a_bank_brings_after_the_erasure_is_kept_waits_and_names_nobody(account):
    rosa = make_person("Rosa Ñahui")
    awaited = ask_for(make_membership(holder=rosa))
    code = show_reference(rosa.reference)
    erase_person(rosa, by=None)
    lines = (f"16/04/2026,R NAHUI {code} STO,36.00", "16/04/2026,L MAMANI,20.00")
    first, second = statement(account, *lines)
    assert (first.text, first.minor, first.state) == (code, 3600, "waiting")
    assert second.text == "L MAMANI"  # the words of anybody else stay
    assert not [words for words in WORDS if words in all_tables()]
    assert [each.proposals for each in queue([first])] == [[]]
    awaited.refresh_from_db()
    assert awaited.state == "pending"
    assert statement(account, *lines, "17/04/2026,EVA,1.00")[0].text == "EVA"  # the same line comes once


def test_a_line_that_waits_with_the_reference_loses_its_words_when_they_are_erased(account):
    rosa = make_person("Rosa Ñahui")
    spaced = f"R NAHUI {rosa.reference[:3]} {rosa.reference[3:]} STO"
    line, other = statement(account, f"16/04/2026,{spaced},36.00", "16/04/2026,L MAMANI,20.00")
    set_aside(line, reason="her sister's money", by=None)
    erase_person(rosa, by=None)
    line.refresh_from_db()
    other.refresh_from_db()
    assert (line.text, line.set_aside_because, line.state) == (
        show_reference(rosa.reference),
        "",
        "set-aside",
    )
    assert other.text == "L MAMANI"


@pytest.mark.parametrize("is_erased", [True, False])
def test_money_that_a_provider_brings_after_the_erasure_waits_for_a_person(is_erased, monkeypatch):
    membership = make_membership(holder=make_person("Rosa Ñahui"), on="2026-03-15")
    payment = ask_payment(
        membership.holder,
        pounds(36),
        method=Method.DIRECT_DEBIT,
        key="dd",
        asked_on=day("2026-03-15"),
        parts=[Part(3600, use_for(membership))],
        provider="gocardless",
        provider_reference="PM1",
    )
    if is_erased:
        erase_person(membership.holder, by=None)
    came = Remote("confirmed", returned=pounds(0), received_on=day("2026-03-20"))
    monkeypatch.setattr(events, "provider_named", lambda _slug: type("P", (), {"fetch": lambda *_a: came})())
    event = ProviderEvent.objects.create(
        provider="gocardless", event_id="EV1", about="PM1", body='{"name": "Rosa Ñahui"}'
    )
    assert events.handle(event)
    payment.refresh_from_db()
    assert (payment.state, payment.minor) == ("confirmed", 3600)
    waiting = [(each.payment, each.objection, each.may_be_given) for each in waiting_money()]
    assert waiting == ([(payment, Objection.ERASED, False)] if is_erased else [])
    assert hasattr(payment, "term") != is_erased
    assert ("Ñahui" in all_tables()) != is_erased
    assert honour_payment(payment, decided_by="somebody") is None or not is_erased


def test_the_membership_of_whoever_is_erased_ends_and_nothing_is_awaited_for_it():
    rosa, luis = make_person("Rosa"), make_person("Luis")
    plan = make_plan()
    for number, person in enumerate((rosa, luis)):
        held = make_membership(plan, person, on="2026-03-15")
        pay_for(held, on="2026-03-15")
        Joining.objects.create(key=f"00000000-0000-4000-8000-00000000000{number}", membership=held)
    erase_person(rosa, by=None)
    erase_person(rosa, by=None)
    today = dt.date(2027, 3, 1)
    awaited = {each.payer for each in await_renewals(today)}
    assert awaited == {luis}
    ended = rosa.memberships.with_facts().get()
    assert status_on(today, ended.facts, StatusRules()) == Status.RESIGNED
    assert not ended.belongings.filter(until=None).exists()
    assert Joining.objects.get().membership.holder == luis


def test_a_cheque_that_comes_after_the_erasure_is_kept_and_waits():
    payment = ask_for(make_membership(holder=make_person("Rosa Ñahui")))
    erase_person(payment.payer, by=None)
    confirm_payment(payment, received_on=dt.date(2026, 3, 20))
    assert [each.objection for each in waiting_money()] == [Objection.ERASED]


def test_the_log_keeps_that_somebody_decided_but_not_why():
    rosa = make_person("Rosa")
    make = AccessRecord.objects.create
    for uid in (rosa.uid, make_person("Luis").uid):
        make(person_uid=uid, act="changed", fields=["membership"], detail="decided: expelled. Shouted")
    erase_person(rosa, by=None)
    rows = AccessRecord.objects.filter(act="changed", fields=["membership"])
    assert sorted(rows.values_list("detail", flat=True)) == ["", "decided: expelled. Shouted"]


def test_somebody_is_told_what_was_written_of_their_money_and_which_links_were_asked_for(account):
    rosa = rosa_who_paid(account)
    now = dt.datetime(2026, 3, 22, 12, tzinfo=dt.UTC)
    use_link(make_link(rosa.addresses.get(), at=now), at=now)
    Joining.objects.create(
        key=f"00000000-0000-4000-8000-{next(numbers):012}", membership=rosa.memberships.get()
    )
    told = everything(rosa)
    assert {each["body"] for each in told["messages"]} == {'{"name": "Rosa Ñahui"}'}
    remarks = " ".join(each["remarks"] for each in told["payments"])
    assert all(words in remarks for words in ("her sister", "moved to Puno", "wrong card"))
    assert len(told["joinings"]) == 1
    assert told["links"][0]["used_at"] == now.isoformat()
    other = everything(make_person("Luis", "luis@example.org"))
    assert [other[name] for name in ("messages", "joinings", "links")] == [[], [], []]
