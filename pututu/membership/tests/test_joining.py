"""A reader joins once, however often the form is sent; nothing is agreed to, paid or revealed by that."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import translation

from pututu.giving.models import Payment
from pututu.giving.services.ledger import ask_payment, confirm_payment
from pututu.lib.references import show_reference
from pututu.membership.models import Joining, Membership
from pututu.membership.services.renewals import part_for
from pututu.people.models import Attempts, ConsentRecord, Person
from pututu.people.rules import Act, Basis, Purpose
from pututu.people.services import is_suppressed, permission, record_consent, suppress
from pututu.people.services.erasing import erase_person
from pututu.shell.models import SiteSettings
from tests.belonging import day, make_person, make_plan
from tests.factories import make_site

from .conftest import link_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans():
    make_site(("en", "es"))
    return [
        make_plan("individual", price=30, methods=["cheque", "standing-order"]),
        make_plan("household", price=40, people_at_most=3, methods=["cheque"]),
        make_plan("hidden", price=1, is_offered=False),
    ]


def said(**changes):
    base = {
        "key": str(uuid.uuid4()),
        "plan": "individual",
        "method": "cheque",
        "name": "Rosa Quispe",
        "email": "rosa@example.org",
        "language": "en",
    }
    return {**base, **changes}


def send(client, **changes):
    return client.post(reverse("join"), said(**changes))


def test_the_page_shows_offered_plans_with_their_prices_in_both_languages(client, plans):
    page = client.get(reverse("join")).content.decode()
    assert "Individual" in page
    assert "£30" in page
    assert "Hidden" not in page
    with translation.override("es"):
        spanish = client.get(reverse("join"))
    assert spanish.status_code == 200
    assert "30\xa0£" in spanish.content.decode()
    assert "Su plan" in spanish.content.decode()


def test_nothing_is_ticked_and_no_cookie_is_set(client, plans):
    answer = client.get(reverse("join"))
    assert " checked" not in answer.content.decode()
    assert not answer.cookies
    again = client.post(reverse("join"), {"mail": "events"})
    assert " checked" in again.content.decode()
    assert not again.cookies


def test_joining_makes_a_person_a_membership_and_a_payment_to_come(client, plans, letters):
    with letters() as sent:
        answer = send(client, address="1 Hill Road", town="Leeds", postcode="LS1 1AA")
    person = Person.objects.get()
    assert (person.name, person.town, person.language) == ("Rosa Quispe", "Leeds", "en")
    payment = Payment.objects.get()
    assert (payment.state, payment.minor, payment.payer) == ("pending", 3000, person)
    assert answer.status_code == 303
    page = client.get(answer.url).content.decode()
    assert "£30" in page
    assert f"{person.reference[:3]}-{person.reference[3:]}" in page
    assert "Rosa" not in page
    assert [each.to for each in sent] == [["rosa@example.org"]]
    assert answer.url in sent[0].body
    assert confirm_payment(payment, received_on=day("2026-12-01")).term.membership.holder == person


def test_a_double_click_and_the_back_button_make_one_membership_and_one_payment(client, plans, letters):
    form = said()
    with letters() as sent:
        answers = [client.post(reverse("join"), form) for _time in range(3)]
    assert len({answer.url for answer in answers}) == 1
    assert (Membership.objects.count(), Payment.objects.count(), Person.objects.count()) == (1, 1, 1)
    assert len(sent) == 1
    send(
        client, name="Juan Mamani", email="juan@example.org"
    )  # the control: another form is another membership
    assert (Membership.objects.count(), Payment.objects.count()) == (2, 2)


def test_a_household_brings_the_names_of_the_others(client, plans):
    send(client, plan="household", others="Juan Mamani\n\nAna Quispe\n")
    assert [str(each) for each in Membership.objects.get().people.all()] == [
        "Ana Quispe",
        "Juan Mamani",
        "Rosa Quispe",
    ]


def test_more_people_than_the_plan_allows_are_refused_in_words(client, plans):
    answer = send(client, plan="household", others="A\nB\nC")
    assert answer.status_code == 422
    assert "3 people at most" in answer.content.decode()
    assert not Membership.objects.exists()


def test_a_way_to_pay_that_the_plan_does_not_allow_is_refused(client, plans):
    assert send(client, plan="household", method="standing-order").status_code == 422
    assert send(client, plan="household", method="card").status_code == 422
    assert send(client, plan="household", method="cheque").status_code == 303


def test_an_address_that_is_none_is_refused_and_what_was_written_stays(client, plans):
    answer = send(client, email="rosa@example")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“rosa@example” is no e-mail address" in page
    assert 'value="Rosa Quispe"' in page


def test_whoever_is_known_is_not_written_down_twice_and_nothing_of_them_is_changed(client, plans):
    known = make_person("Rosa Quispe", "Rosa@Example.org", town="Lima")
    send(client, name="rosa quispe", town="Leeds")
    known.refresh_from_db()
    assert (Person.objects.count(), known.town) == (1, "Lima")
    assert Membership.objects.get().holder == known
    send(client, name="Juan Mamani")  # the control: somebody else at the same address
    assert Person.objects.count() == 2


def test_joining_again_takes_up_the_membership_of_the_same_plan(client, plans):
    pages = [client.get(send(client).url).content.decode() for _time in range(2)]
    assert (Membership.objects.count(), Payment.objects.count()) == (1, 1)
    assert all("How to pay" in page and "£30" in page for page in pages)
    confirm_payment(Payment.objects.get(), received_on=day("2026-12-01"))
    send(client)  # whoever has paid means a further year
    assert Payment.objects.count() == 2


def test_a_known_and_an_unknown_address_are_answered_alike(client, plans):
    make_person("Rosa Quispe", "rosa@example.org")

    def shape(answer):
        page = client.get(answer.url).content.decode()
        joining = Joining.objects.last()
        reference = joining.membership.holder.reference
        for secret in (f"{reference[:3]}-{reference[3:]}", str(joining.uid)):
            page = page.replace(secret, "…")
        return answer.status_code, page

    assert shape(send(client)) == shape(send(client, name="Ana Lopez", email="new@example.org"))


def test_a_program_that_fills_in_everything_gets_nothing(client, plans):
    answer = send(client, website="https://example.com")
    assert answer.status_code == 303
    assert not Person.objects.exists()


def test_joining_too_often_is_refused_by_place_and_by_address(client, plans):
    answers = [send(client).status_code for _time in range(7)]
    assert answers == [303] * 6 + [429]
    assert send(client, email="other@example.org").status_code == 303
    Attempts.objects.update(count=1000)
    assert send(client, email="third@example.org").status_code == 429
    assert send(client, email="third@example.org", REMOTE_ADDR="x").status_code == 429
    other_place = client.post(reverse("join"), said(email="fourth@example.org"), REMOTE_ADDR="192.0.2.7")
    assert other_place.status_code == 303


# --- mail


def question(sent):
    """The letter that asks to confirm; it comes before or after the other."""
    return next(each for each in sent if "/agree/" in each.body)


def wanted(person, purpose):
    return bool(permission(person, person.addresses.get(), purpose))


def test_what_is_ticked_is_sent_only_after_the_mailed_link_was_confirmed(client, plans, letters):
    with letters() as sent:
        send(client, mail=["bulletins", "events"])
    person = Person.objects.get()
    assert not wanted(person, Purpose.BULLETINS)
    path = link_in(question(sent))
    assert "The bulletin." in client.get(path).content.decode()
    assert not wanted(person, Purpose.BULLETINS)
    client.post(path)
    assert wanted(person, Purpose.BULLETINS)
    assert wanted(person, Purpose.EVENTS)
    assert not wanted(person, Purpose.ACTIONS)


def test_the_exact_words_the_page_and_the_language_are_kept(client, plans, letters):
    with translation.override("es"), letters() as sent:
        client.post(reverse("join"), said(mail=["events"], language="es"))
    asked = ConsentRecord.objects.get(act="asked")
    assert asked.wording == "Invitaciones a eventos. Por correo electrónico, cuando hay algo previsto."
    assert (asked.page, asked.language) == ("/es/unirse/", "es")
    client.post(link_in(question(sent)))
    given = ConsentRecord.objects.get(act="given")
    assert (given.wording, given.language) == (asked.wording, "es")


def test_who_joins_must_be_told_of_the_membership_and_that_basis_is_noted(client, plans):
    send(client)
    assert wanted(Person.objects.get(), Purpose.MEMBERSHIP)
    assert ConsentRecord.objects.get().basis == "service"


def test_nothing_is_sent_to_an_address_that_must_not_be_written_to(client, plans, letters):
    suppress("rosa@example.org", reason="complained")
    with letters() as sent:
        send(client, mail=["events"])
    assert not sent
    with letters() as sent:
        send(client, name="Juan", email="juan@example.org", mail=["events"])
    assert len(sent) == 2


def test_without_a_plan_on_offer_the_page_says_so(client):
    make_site()
    assert "can’t join here" in client.get(reverse("join")).content.decode()


@pytest.fixture
def erased():
    before = make_person("Rosa", "rosa@example.org")
    record_consent(before, before.addresses.get(), Purpose.BULLETINS, act=Act.GIVEN)
    erase_person(before, by=None)
    return "rosa@example.org"


def confirmed(client, letter):
    return client.post(re.search(r"https?://[^/\s]+(/\S+)", letter.body)[1])


def test_whoever_was_erased_and_joins_is_asked_by_one_letter_and_written_to_once_they_confirm_it(
    client, plans, letters, erased
):
    with letters() as sent:
        send(client, name="Rosa", email=erased)
    rosa = Person.objects.get(name="Rosa")
    assert [(each.to, "Please confirm" in each.subject) for each in sent] == [([erased], True)]
    assert "Letters about the membership" in sent[0].body
    assert is_suppressed(erased)
    assert not permission(rosa, rosa.addresses.get(), Purpose.MEMBERSHIP)
    assert confirmed(client, sent[0]).status_code == 200
    assert not is_suppressed(erased)
    assert permission(rosa, rosa.addresses.get(), Purpose.MEMBERSHIP).basis == Basis.SERVICE
    assert not permission(rosa, rosa.addresses.get(), Purpose.BULLETINS)
    assert confirmed(client, sent[0]).status_code == 410


def test_what_was_ticked_is_in_the_same_letter_as_the_membership_of_somebody_erased(
    client, plans, letters, erased
):
    with letters() as sent:
        send(client, name="Rosa", email=erased, mail="events")
    assert len(sent) == 1
    confirmed(client, sent[0])
    rosa = Person.objects.get(name="Rosa")
    bases = {name: permission(rosa, rosa.addresses.get(), name).basis for name in ("membership", "events")}
    assert bases == {"membership": Basis.SERVICE, "events": Basis.CONSENT}


def test_whatever_names_others_write_an_erased_address_gets_two_letters_a_week_and_another_one_each(
    client, plans, letters, erased
):
    for address, expected in ((erased, 2), ("somebody@example.org", 5)):
        with letters() as sent:
            for number in range(5):
                send(client, name=f"Somebody {number}", email=address)
        assert len(sent) == expected
    assert is_suppressed(erased)


def test_the_page_answers_alike_for_an_erased_address_and_a_new_one(client, plans, erased):
    def shape(answer):
        page = client.get(answer.url).content.decode()
        return answer.status_code, re.sub(r"[0-9a-f-]{36}|[A-Z0-9]{3}-[A-Z0-9]{4}", "…", page)

    assert shape(send(client, email=erased)) == shape(send(client, email="new@example.org"))


def test_who_joins_again_is_shown_the_payment_that_they_await_and_never_a_givers(client, plans):
    send(client)
    mine = Payment.objects.get()
    membership = Membership.objects.get()
    giver = make_person("Hugo Blanco")
    theirs = ask_payment(
        giver,
        membership.plan.price,
        method="cheque",
        key="x",
        asked_on=mine.asked_on,
        parts=[part_for(membership)],
    )
    page = client.get(send(client).url).content.decode()
    assert Joining.objects.last().payment == mine
    assert show_reference(mine.payer.reference) in page
    assert show_reference(theirs.payer.reference) not in page


def chosen(page: str, name: str) -> str:
    """The code of the country that a page proposes in its field ``name``."""
    field = re.search(rf'<select id="[^"]*" name="{name}".*?</select>', page, re.DOTALL)
    assert field, name
    return next(iter(re.findall(r'value="(..)" selected', field[0])), "")


def test_the_country_of_the_group_is_proposed_in_the_reader_s_order_and_another_is_kept(client, plans):
    SiteSettings.objects.update(home_country="IE")
    page = client.get(reverse("join")).content.decode()
    assert (chosen(page, "country"), chosen(page, "gift_country")) == ("IE", "IE")
    assert 'autocomplete="country"' in page
    assert page.index(">Germany<") < page.index(">Spain<") < page.index(">Zimbabwe<")
    with translation.override("es"):
        spanish = client.get(reverse("join")).content.decode()
    assert spanish.index(">Alemania<") < spanish.index(">España<") < spanish.index(">Zimbabue<")
    send(client, address="Jr. Cusco 1", town="Lima", country="PE")
    assert Person.objects.get().country == "PE"


def test_a_country_that_was_only_proposed_is_no_address_and_no_present(client, plans):
    send(client, country="GB", gift_country="GB")
    assert (Person.objects.get().country, Membership.objects.get().given_to) == ("", "")
    send(client, country="GB", address="1 Hill Road", email="other@example.org")
    assert Person.objects.get(address="1 Hill Road").country == "GB"


def test_a_present_goes_to_a_country_of_its_own(client, plans):
    send(client, country="GB", gift_name="Ana", gift_address="Jr. Cusco 1", gift_country="PE")
    assert Person.objects.get(name="Ana").country == "PE"
    assert Person.objects.get(name="Rosa Quispe").country == ""


def test_a_country_that_is_none_is_refused(client, plans):
    assert send(client, country="QQ").status_code == 422
    assert not Person.objects.exists()


def test_a_name_is_one_line_so_that_nobody_writes_a_letter_of_theirs_with_it(client, plans):
    send(
        client,
        name="Rosa\n\nWin a prize:  http://evil.example/",
        gift_name="Ana\nLopez",
        gift_email="ana@example.org",
    )
    assert Person.objects.filter(name="Rosa Win a prize: http://evil.example/").exists()
    assert Membership.objects.get().given_to == "Ana Lopez"
