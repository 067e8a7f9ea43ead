"""Can several people share an address, and each speak for themselves?"""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings

from pututu.lib.references import SHORT, is_reference, make_reference
from pututu.people.models import AccessRecord, ConsentRecord, EmailAddress, Person, Suppression
from pututu.people.rules import Act, AddressError, Basis, Purpose, Refusal
from pututu.people.services import (
    add_person,
    address_hash,
    bringing_many,
    give_address,
    permission,
    persons,
    record_consent,
    suppress,
    take_address,
    take_down,
)
from pututu.people.services.limits import Limit, may_try

pytestmark = pytest.mark.django_db


def agree(person: Person, act: Act = Act.GIVEN, purpose: str = Purpose.BULLETINS) -> None:
    record_consent(person, person.addresses.get(), purpose, act=act)


def test_who_leaves_never_takes_the_other_of_a_shared_address_along():
    rosa, ana = (add_person(name, emails=["Home@Example.org"]) for name in ("Rosa", "Ana"))
    assert EmailAddress.objects.count() == 1
    agree(rosa)
    agree(ana)
    agree(rosa, Act.WITHDRAWN)
    home = EmailAddress.objects.get()
    assert permission(rosa, home, Purpose.BULLETINS).refusal == Refusal.WITHDRAWN
    assert permission(ana, home, Purpose.BULLETINS).basis == Basis.CONSENT


def test_agreement_holds_for_one_purpose_and_one_address():
    rosa = add_person("Rosa", emails=["one@example.org"])
    agree(rosa)
    other = give_address(rosa, "two@example.org")
    assert permission(rosa, rosa.addresses.get(address="one@example.org"), Purpose.BULLETINS)
    assert not permission(rosa, other, Purpose.BULLETINS)
    assert not permission(rosa, rosa.addresses.get(address="one@example.org"), Purpose.APPEALS)


def test_an_address_that_refuses_mail_does_not_close_another_one():
    rosa = add_person("Rosa", emails=["one@example.org", "two@example.org"])
    for email in rosa.addresses.all():
        record_consent(rosa, email, Purpose.BULLETINS, act=Act.GIVEN)
    EmailAddress.objects.filter(folded="one@example.org").update(state="bounced")
    answers = {each.address: bool(permission(rosa, each, Purpose.BULLETINS)) for each in rosa.addresses.all()}
    assert answers == {"one@example.org": False, "two@example.org": True}


def test_a_suppressed_address_is_known_again_without_being_kept():
    rosa = add_person("Rosa", emails=["one@example.org"])
    agree(rosa)
    suppress("One@EXAMPLE.org", reason=Suppression.Reason.ERASED)
    assert permission(rosa, rosa.addresses.get(), Purpose.BULLETINS).refusal == Refusal.SUPPRESSED
    assert "example" not in Suppression.objects.get().address_hash
    suppress("one@example.org", reason=Suppression.Reason.BOUNCED)
    assert Suppression.objects.get().reason == "erased"


def test_the_hash_needs_the_installation_s_own_key(settings):
    ours = address_hash("one@example.org")
    settings.SECRET_KEY = "another installation's"
    assert address_hash("one@example.org") != ours


def test_what_was_agreed_stays_when_an_address_is_taken_off():
    rosa = add_person("Rosa", emails=["one@example.org"])
    agree(rosa)
    take_address(rosa, rosa.addresses.get())
    assert not rosa.addresses.exists()
    assert ConsentRecord.objects.filter(person=rosa).count() == 1


def test_records_of_consent_and_of_looking_can_be_added_and_nothing_else():
    rosa = add_person("Rosa", emails=["one@example.org"])
    agree(rosa)
    for model in (ConsentRecord, AccessRecord):
        row = model.objects.get()
        for wrong in (
            row.save,
            row.delete,
            model.objects.all().delete,
            lambda m=model: m.objects.update(at=None),
        ):
            with pytest.raises(TypeError, match="record"):
                wrong()
        assert model.objects.count() == 1
    assert ConsentRecord.objects.filter(person=rosa).erase() == 1


def test_each_person_gets_a_payment_reference_of_their_own(monkeypatch):
    first = add_person("Rosa")
    taken = iter([first.reference, first.reference, "KM7XQ3" + "X"])
    monkeypatch.setattr(persons, "make_reference", lambda *_how: next(taken))
    assert add_person("Ana").reference == "KM7XQ3X"


def test_where_codes_of_seven_signs_are_scarce_people_get_eight(monkeypatch):
    first = add_person("Rosa")

    def scarce(choice, places):
        return first.reference if places == SHORT else make_reference(choice, places)

    monkeypatch.setattr(persons, "make_reference", scarce)
    for reference in (add_person("Ana").reference, *bringing_many.free_references(3)):
        assert (len(reference), is_reference(reference)) == (8, True)


def test_a_wrong_address_adds_nobody():
    with pytest.raises(AddressError):
        add_person("Rosa", emails=["rosa@example.org", "rosa at example"])
    assert not Person.objects.exists()
    assert not EmailAddress.objects.exists()


def test_names_in_any_script_are_kept_as_they_are_written():
    for name in ("José Ñahui", "ရဲရင့်", "བསྟན་འཛིན", "محمد", "李 小龍", "O’Brien, 2nd Baron"):
        assert Person.objects.get(pk=add_person(name).pk).name == name
    assert Person.objects.first().language == settings.LANGUAGE_CODE


def test_who_fills_a_form_in_is_known_by_name_and_address_together_and_nothing_of_them_changes():
    rosa, email = take_down("Rosa Quispe", "rosa@example.org", town="Lima")
    again, same = take_down("rosa QUISPE", "Rosa@example.org", town="Leeds")
    assert (again, same, again.town) == (rosa, email, "Lima")
    juan, shared = take_down("Juan Mamani", "rosa@example.org")  # the control: a household
    assert (juan != rosa, shared) == (True, email)


def test_what_is_tried_too_often_is_refused_until_the_next_window():
    limit, at = Limit("test", 2, 60), dt.datetime(2026, 3, 15, 12, tzinfo=dt.UTC)
    assert [may_try(limit, "a", at=at) for _time in range(3)] == [True, True, False]
    assert may_try(limit, "b", at=at)
    assert may_try(limit, "a", at=at + dt.timedelta(minutes=1))
