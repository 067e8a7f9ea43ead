"""A regular gift is given once a period, taken or awaited, changed and ended; its page tells nobody apart."""

import datetime as dt
import re
import uuid

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import translation

from pututu.giving.models import (
    Declaration,
    DemonstrationMandate,
    Fund,
    GiftAidSettings,
    GivingSettings,
    Method,
    Payment,
    Pledge,
    RegularGift,
)
from pututu.giving.services.charging import take_regular_payments
from pututu.giving.services.events import reconcile
from pututu.giving.services.gifts import change_gift, end_gift
from pututu.giving.services.ledger import confirm_payment, uses_of
from pututu.people.models import Attempts, Person
from pututu.people.services import is_suppressed
from pututu.people.services.disclosing import everything
from pututu.people.services.erasing import erase_person
from pututu.people.services.mail import drain
from tests.belonging import day, make_person, pounds
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db
BEGUN = "2026-01-31T12:00:00Z"


@pytest.fixture(autouse=True)
def _letters_stay_with_their_test():
    yield
    drain()


@pytest.fixture
def site(settings):
    settings.IS_DEMO = True
    make_site(("en", "es"))


def said(**changes):
    base = {
        "key": str(uuid.uuid4()),
        "often": "monthly",
        "amount": "1000",
        "own": "",
        "method": "card",
        "name": "Rosa Quispe",
        "email": "rosa@example.org",
    }
    return {**base, **changes}


def give(client, *, choice="pay", **changes):
    with time_machine.travel(BEGUN):
        answer = client.post(reverse("give"), said(**changes))
        if "demonstration" in answer.headers.get("Location", ""):
            client.post(answer.url, {"choice": choice})
    return answer


def run(first, *, days=1):
    for number in range(days):
        at = day(first) + dt.timedelta(days=number)
        with time_machine.travel(dt.datetime.combine(at, dt.time(12), dt.UTC)):
            take_regular_payments(at)
            reconcile()


def received():
    payments = Payment.objects.confirmed().order_by("received_on")
    return [(str(each.received_on), each.minor) for each in payments]


# --- the page


def test_the_page_proposes_amounts_and_ways_in_both_languages_and_sets_no_cookie(client, site):
    answer = client.get(reverse("give"))
    page = answer.content.decode()
    assert "£25" in page
    assert "Each month" in page
    assert not answer.cookies
    assert reverse("give") in client.get(reverse("join")).content.decode()
    with translation.override("es"):
        assert reverse("give") == "/es/donar/"
        assert "25\xa0£" in client.get(reverse("give")).content.decode()


def test_a_gift_once_of_an_own_amount_is_a_payment_for_a_gift_and_keeps_no_card(client, site):
    give(client, often="once", own="15.50", amount="")
    payment = Payment.objects.get()
    assert (payment.minor, payment.state, payment.keeps_mandate) == (1550, "confirmed", False)
    assert [use.purpose for use in uses_of(payment)] == ["gift"]
    assert not RegularGift.objects.exists()


def test_a_double_click_and_the_back_button_give_once(client, site):
    form = said()
    answers = [client.post(reverse("give"), form).url for _time in range(3)]
    assert len(set(answers)) == 1
    counts = [model.objects.count() for model in (Person, Payment, RegularGift, Pledge)]
    assert counts == [1, 1, 1, 1]


def test_an_offline_gift_says_how_to_pay_and_names_nobody(client, site):
    answer = give(client, often="once", method="bank-transfer")
    page = client.get(answer.url).content.decode()
    reference = Person.objects.get().reference
    assert f"{reference[:3]}-{reference[3:]}" in page
    assert "Rosa" not in page


def test_a_known_and_an_unknown_address_are_answered_alike_and_nothing_known_changes(client, site):
    known = make_person("Rosa Quispe", "rosa@example.org", town="Lima")

    def shape(answer):
        page = client.get(answer.url).content.decode()
        page = re.sub(r"[0-9a-f-]{36}", "…", page)
        return answer.status_code, re.sub(r"[A-Z0-9]{3}-[A-Z0-9]{4}", "…", page)

    ways = {"often": "once", "method": "cheque"}
    first = shape(give(client, **ways))
    assert first == shape(give(client, name="Ana", email="new@example.org", **ways))
    assert Payment.objects.filter(payer=known).count() == 1
    known.refresh_from_db()
    assert known.town == "Lima"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"amount": "", "own": ""}, "say how much"),
        ({"own": "many"}, "is no amount"),
        ({"own": "0.10"}, "write to us"),
        ({"own": "99999999"}, "write to us"),
        ({"method": "cheque"}, "not for this"),
        ({"method": "standing-order", "often": "once"}, "not for this"),
        ({"email": "rosa"}, "is no e-mail address"),
        ({"name": ""}, "write your name"),
    ],
)
def test_what_can_t_be_right_is_said_where_it_is_and_nothing_is_written(client, site, changes, words):
    answer = client.post(reverse("give"), said(**changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Person.objects.exists()


def test_giving_too_often_is_refused_and_a_program_gets_nothing(client, site):
    assert client.post(reverse("give"), said(website="x")).status_code == 303
    assert not Person.objects.exists()
    answers = [client.post(reverse("give"), said()).status_code for _time in range(7)]
    assert answers == [303] * 6 + [429]
    Attempts.objects.update(count=1000)
    assert client.post(reverse("give"), said(email="other@example.org")).status_code == 429


def test_a_fund_is_asked_for_where_there_are_several_open(client, site):
    fund = Fund.objects.create(slug="school", name="The school")
    assert "The school" not in client.get(reverse("give")).content.decode()
    Fund.objects.create(slug="well", name="The well")
    Fund.objects.create(slug="old", name="Closed", is_open=False)
    page = client.get(reverse("give")).content.decode()
    assert "The school" in page
    assert "Closed" not in page
    give(client, fund=str(fund.pk))
    assert [use.fund_id for use in uses_of(Payment.objects.get())] == [fund.pk]


def test_gift_aid_is_declared_only_where_it_is_switched_on_and_with_a_home_address(client, site):
    assert "Gift Aid" not in client.get(reverse("give")).content.decode()
    donor = {
        "gift_aid": "1",
        "given_names": "Rosa",
        "family_name": "Quispe",
        "home_address": "1 Hill Road",
        "home_postcode": "LS1 1AA",
    }
    give(client, **donor)
    assert not Person.objects.get().declarations.exists()
    settings = GiftAidSettings.load()
    settings.is_on = True
    settings.save()
    assert "UK taxpayer" in client.get(reverse("give")).content.decode()
    assert client.post(reverse("give"), said(**{**donor, "home_postcode": ""})).status_code == 422
    give(client, **donor)
    declaration = Person.objects.get().declarations.get()
    assert (declaration.how, declaration.address, declaration.postcode) == (
        "online",
        "1 Hill Road",
        "LS1 1AA",
    )
    assert (declaration.first, "UK taxpayer" in declaration.wording) == (day("2022-01-31"), True)
    assert Person.objects.get().address == ""  # anybody can fill a form in
    abroad = {**donor, "given_names": "Ana", "home_postcode": "", "home_country": "PE"}
    give(client, **abroad)
    assert Declaration.objects.get(given_names="Ana").country == "PE"


def test_proposed_amounts_are_the_group_s(client, site):
    settings = GivingSettings.load()
    settings.gift_amounts = "7"
    settings.save()
    assert "£7" in client.get(reverse("give")).content.decode()


# --- what comes again


def test_a_card_is_taken_each_month_on_its_day_and_told_before(client, site):
    give(client)
    mail.outbox.clear()
    run("2026-02-01", days=95)
    # the 31st of a month that lacks it is the first of the next, and nothing drifts
    assert [each for each, _minor in received()] == ["2026-01-31", "2026-03-01", "2026-03-31", "2026-05-01"]
    assert len(mail.outbox) == 3
    assert all("£10" in each.body for each in mail.outbox)


def test_a_standing_order_is_awaited_each_month_one_at_a_time(client, site):
    give(client, method="standing-order", amount="2500")
    confirm_payment(Payment.objects.get(), received_on=day("2026-02-02"))
    run("2026-02-20", days=60)
    awaited = Payment.objects.pending().get()
    assert (str(awaited.asked_on), awaited.minor) == ("2026-03-26", 2500)
    assert Payment.objects.filter(state="cancelled").count() == 1
    assert not DemonstrationMandate.objects.exists()


def test_another_amount_is_told_and_taken_from_the_next_time_on(client, site):
    give(client)
    run("2026-02-01", days=30)
    change_gift(RegularGift.objects.get(), pounds(12))
    run("2026-03-03", days=30)
    assert [minor for _day, minor in received()] == [1000, 1000, 1200]


def test_a_declined_card_is_given_up_and_staff_see_it(client, site):
    give(client, choice="decline-next")
    run("2026-02-01", days=60)
    assert Payment.objects.filter(state="failed").count() == 3
    client.force_login(make_staff("Treasurers"))
    page = client.get(reverse("giving:regular-gifts")).content.decode()
    assert "could not be taken any more" in page
    assert "It could not be taken." in page


def test_what_ended_is_taken_no_more_and_the_provider_told(client, site):
    give(client)
    gift = RegularGift.objects.get()
    assert end_gift(gift, on=day("2026-02-20"), why="asked")
    assert not end_gift(gift, on=day("2026-02-20"), why="asked")
    run("2026-02-20", days=40)
    assert len(received()) == 1
    assert DemonstrationMandate.objects.get().behaviour == "is-over"


def test_the_erased_give_no_more_and_are_told_all_before(client, site):
    give(client)
    rosa = Person.objects.get()
    assert everything(rosa)["regular-gifts"][0]["amount"] == "10.00 GBP"
    erase_person(rosa, by=None)
    run("2026-02-01", days=60)
    assert len(received()) == 1
    assert RegularGift.objects.get().ended_why == "The giver was erased."


def test_whoever_was_erased_and_gives_is_asked_by_one_letter_and_told_of_payments_once_they_confirm_it(
    client, site, django_capture_on_commit_callbacks
):
    erase_person(make_person("Ana", "ana@example.org"), by=None)
    for name in ("Ana", "Bea", "Eva"):
        with django_capture_on_commit_callbacks(execute=True):
            give(client, name=name, email="ana@example.org", often="once", method="cheque")
        drain()
    assert ["Please confirm" in each.subject for each in mail.outbox] == [True, True]
    assert is_suppressed("ana@example.org")
    with time_machine.travel(BEGUN):
        link = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[0].body)[1]
        assert client.post(link).status_code == 200
    assert not is_suppressed("ana@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        give(client, name="Ana", email="ana@example.org", often="once", method="cheque")
    drain()
    assert len(mail.outbox) == 3
    assert "Please confirm" not in mail.outbox[2].subject


def test_a_clock_that_stood_still_for_months_does_not_take_what_is_past(client, site):
    give(client)
    run("2026-06-20", days=20)
    assert [each for each, _minor in received()] == ["2026-01-31", "2026-07-01"]


# --- screens


def test_a_treasurer_sees_one_and_ends_it(client, site):
    give(client)
    gift = RegularGift.objects.get()
    client.force_login(make_staff("Treasurers"))
    assert "Rosa Quispe" in client.get(reverse("giving:regular-gifts")).content.decode()
    page = client.get(reverse("giving:regular-gift", args=[gift.uid])).content.decode()
    assert "is taken by itself" in page
    client.post(reverse("giving:end-regular-gift", args=[gift.uid]), {"reason": ""})
    gift.refresh_from_db()
    assert gift.ended_on is None
    client.post(reverse("giving:end-regular-gift", args=[gift.uid]), {"reason": "asked by letter"})
    gift.refresh_from_db()
    assert gift.ended_why == "asked by letter"
    assert "Rosa Quispe" not in client.get(reverse("giving:regular-gifts")).content.decode()
    assert "Rosa Quispe" in client.get(reverse("giving:regular-gifts") + "?show=all").content.decode()


def test_an_editor_sees_and_ends_none(client, site):
    give(client)
    gift = RegularGift.objects.get()
    client.force_login(make_staff("Editors"))
    for name, args in (("regular-gifts", []), ("regular-gift", [gift.uid])):
        assert "Rosa Quispe" not in client.get(reverse(f"giving:{name}", args=args)).content.decode()
    client.post(reverse("giving:end-regular-gift", args=[gift.uid]), {"reason": "x"})
    gift.refresh_from_db()
    assert (gift.ended_on, gift.method) == (None, Method.CARD)
