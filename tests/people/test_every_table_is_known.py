"""Is every table that points at a person known to erasure, to disclosure and to merging? A new one fails here first."""

import datetime as dt
import uuid

import pytest
from django.apps import apps
from django.utils import timezone

from pututu.giving.models import Pledge
from pututu.membership.models import AddressChange
from pututu.people.disclosure import sections_of
from pututu.people.models import Person
from pututu.people.services.disclosing import everything
from pututu.people.services.erasing import erase_person
from pututu.people.services.merging import STAYING, merge_people
from tests.belonging import make_person

pytestmark = pytest.mark.django_db

# Each column that points at a person: what an erasure does with its row, and where a person reads of it.
KNOWN = {
    "bulletins.Choice.person": ("goes", "bulletin-choices"),
    "bulletins.Delivery.person": ("stays without a name or an address, for sums are of it", "bulletin-mails"),
    "giving.Declaration.person": ("goes, but where a claim rests on it", "declarations"),
    "giving.KnownPayer.person": ("goes", "payer-words"),
    "giving.Mandate.payer": ("ends, for payments rest on it", "mandates"),
    "giving.Payment.payer": ("stays without words, as accounts do", "payments"),
    "giving.Pledge.person": ("goes", "pledges"),
    "giving.RegularGift.person": ("ends, for payments are of it", "regular-gifts"),
    "membership.AddressChange.person": ("goes", "new-addresses"),
    "membership.Belonging.person": ("ends", "memberships"),
    "membership.Membership.given_by": ("goes", "presents"),
    "membership.Membership.holder": ("ends, for payments are of it", "memberships"),
    "membership.Passkey.person": ("goes", "passkeys"),
    "people.ConsentRecord.person": ("goes", "consents"),
    "people.PersonEmail.person": ("goes", "addresses"),
    "people.Person_tags.person": ("goes", "person"),
}
# These hold no more of a person than that a record was merged, held apart, erased or brought in.
OF_THE_RECORD = {
    "people.Apart.first",
    "people.Apart.second",
    "people.Erasure.person",
    "people.ImportRow.person",
    "people.Merge.kept",
    "people.Merge.other",
    "people.Person.merged_into",
}


def columns():
    """Each column of any app that points at a person, however it is called from there."""
    models = apps.get_models(include_auto_created=True)
    return {
        f"{model._meta.label}.{field.name}": model
        for model in models
        for field in model._meta.get_fields()
        if field.concrete and not field.many_to_many and field.related_model is Person
    }


def test_every_column_that_points_at_a_person_is_known_here():
    assert set(columns()) == set(KNOWN) | OF_THE_RECORD


def test_each_of_them_is_told_to_the_person():
    told = {section.slug for section in sections_of(make_person())}
    assert {section for _fate, section in KNOWN.values()} <= told


def test_each_of_them_moves_with_a_merge_or_stays_for_a_reason():
    """Merging asks the database what points at a person; what has no name from there is not seen by it."""
    moving = {f"{each.related_model._meta.label}.{each.field.name}" for each in Person._meta.related_objects}
    staying = {name for name, model in columns().items() if model._meta.label in STAYING}
    assert set(columns()) - moving - staying == {"people.Person_tags.person"}  # carried over as tags


def test_forms_for_gifts_and_new_addresses_move_are_told_and_go():
    kept, other = make_person("Rosa Quispe"), make_person("Rosa Quispe M.")
    Pledge.objects.create(key=uuid.uuid4(), person=other)
    expires = timezone.now() + dt.timedelta(1)
    AddressChange.objects.create(token_hash="x", person=other, address="new@example.org", expires_at=expires)
    merge_people(kept, other, by=None)
    told = everything(kept)
    assert len(told["pledges"]) == 1
    assert [row["address"] for row in told["new-addresses"]] == ["new@example.org"]
    erase_person(kept, by=None)
    assert not Pledge.objects.exists()
    assert not AddressChange.objects.exists()
