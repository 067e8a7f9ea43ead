"""How do invented lives become people, money and memberships?

Written in bulk, a table at a time: ten years of five hundred people in seconds. All of it could have come by the
services; a test holds the ledger's and the terms' laws on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from pututu.giving.models import Declaration, LedgerRecord, Payment, Purpose, Share
from pututu.membership.models import Belonging, Decision, Membership, MembershipRules, Plan, Term
from pututu.operations.demonstration.lives import Life, Paid, make_lives
from pututu.people.models import ConsentRecord, EmailAddress, Person, PersonEmail
from pututu.people.rules import Purpose as MailPurpose
from pututu.people.rules import fold_address

WORDING = "Yes, send me the Saturday bulletin by e-mail."
STATEMENT = "I am a UK taxpayer and want Gift Aid on this and my future payments."
BATCH = 500


@transaction.atomic
def make_members(names: dict[str, Any], *, today: dt.date) -> int:
    """Write the members of the demonstration; return their number. Needs the plans, and nobody in the records yet."""
    MembershipRules.objects.get_or_create(defaults={"reminder_days": ""})  # a demonstration writes to nobody
    plans = {plan.slug: plan for plan in Plan.objects.all()}
    lives = make_lives(names, {slug: plan.minor for slug, plan in plans.items()}, today=today)
    people = _people(lives)
    _addresses(lives, people)
    memberships = Membership.objects.bulk_create(
        [
            Membership(plan=plans[life.plan], holder=person, method=life.method, applied_on=life.applied_on)
            for life, person in zip(lives, people, strict=True)
        ],
        BATCH,
    )
    _partners(lives, people, memberships)
    _money(lives, people, memberships)
    _endings(lives, memberships)
    _declarations(lives, people)
    return len(lives)


def _people(lives: Sequence[Life]) -> list[Person]:
    return Person.objects.bulk_create(
        [
            findable(
                reference=life.reference,
                kind=Person.Kind.ORGANISATION if life.is_organisation else Person.Kind.PERSON,
                name=life.name,
                given_names=life.given_names,
                died_on=life.died_on,
                came_by=life.came_by,
                **_home(life),
            )
            for life in lives
        ],
        BATCH,
    )


def findable(**columns: Any) -> Person:
    """A person who can be found by name: what ``save`` would derive is derived here."""
    person = Person(**columns)
    person.derive()
    return person


def _home(life: Life) -> dict[str, str]:
    """What those who live together share."""
    return {
        "family_name": life.family_name,
        "address": life.address,
        "town": life.town,
        "postcode": life.postcode,
        "country": life.country,
        "language": life.language,
    }


def _addresses(lives: Sequence[Life], people: Sequence[Person]) -> None:
    reached = [(life, person) for life, person in zip(lives, people, strict=True) if life.email]
    emails = EmailAddress.objects.bulk_create(
        [EmailAddress(address=life.email, folded=fold_address(life.email)) for life, _person in reached],
        BATCH,
    )
    pairs = [(life, person, email) for (life, person), email in zip(reached, emails, strict=True)]
    PersonEmail.objects.bulk_create(
        [PersonEmail(person=person, email=email) for _life, person, email in pairs], BATCH
    )
    ConsentRecord.objects.bulk_create([row for pair in pairs for row in _consents(*pair)], BATCH)


def _consents(life: Life, person: Person, email: EmailAddress) -> Iterator[ConsentRecord]:
    joined = dt.datetime.combine(life.applied_on, dt.time(12), dt.UTC)
    common = {"person": person, "email": email, "language": life.language, "at": joined}
    yield ConsentRecord(
        **common,
        purpose=MailPurpose.MEMBERSHIP,
        act=ConsentRecord.Act.NOTED,
        basis=ConsentRecord.Basis.SERVICE,
    )
    if life.is_agreed:
        yield ConsentRecord(
            **common,
            purpose=MailPurpose.BULLETINS,
            act=ConsentRecord.Act.GIVEN,
            basis=ConsentRecord.Basis.CONSENT,
            wording=WORDING,
        )


def _partners(lives: Sequence[Life], people: Sequence[Person], memberships: Sequence[Membership]) -> None:
    """The other of a household stands in the records too, often with the same address; one membership is for both."""
    pairs = [pair for pair in zip(lives, people, memberships, strict=True) if pair[0].partner]
    others = Person.objects.bulk_create(
        [
            findable(
                reference=life.partner_reference,
                name=f"{life.partner} {life.family_name}",
                given_names=life.partner,
                **_home(life),
            )
            for life, _person, _membership in pairs
        ],
        BATCH,
    )
    links = {link.person_id: link.email_id for link in PersonEmail.objects.all()}
    PersonEmail.objects.bulk_create(
        [
            PersonEmail(person=other, email_id=links[person.pk])
            for (_life, person, _membership), other in zip(pairs, others, strict=True)
            if person.pk in links
        ],
        BATCH,
    )
    together = [*zip(lives, people, memberships, strict=True)]
    together += [(life, other, of) for (life, _person, of), other in zip(pairs, others, strict=True)]
    Belonging.objects.bulk_create(
        [Belonging(membership=of, person=person, since=life.applied_on) for life, person, of in together],
        BATCH,
    )


def _money(lives: Sequence[Life], people: Sequence[Person], memberships: Sequence[Membership]) -> None:
    """Payments with what they are for, the terms that they bought, and a line in the ledger's own record."""
    flat = [
        (life, person, membership, paid)
        for life, person, membership in zip(lives, people, memberships, strict=True)
        for paid in life.paid
    ]
    payments = Payment.objects.bulk_create(
        [_payment(number, life, person, paid) for number, (life, person, _of, paid) in enumerate(flat)], BATCH
    )
    together = list(zip(flat, payments, strict=True))
    Share.objects.bulk_create(
        [
            Share(
                payment=payment,
                minor=paid.minor,
                purpose=Purpose.MEMBERSHIP if paid.term else Purpose.GIFT,
                about=membership.uid if paid.term else None,
            )
            for (_life, _person, membership, paid), payment in together
        ],
        BATCH,
    )
    LedgerRecord.objects.bulk_create(
        [
            LedgerRecord(payment=payment, act="confirmed", detail="The demonstration")
            for _row, payment in together
        ],
        BATCH,
    )
    Term.objects.bulk_create(
        [
            Term(
                membership=membership,
                plan=membership.plan,
                first=paid.term.period.first,
                last=paid.term.period.last,
                anchor=paid.term.anchor,
                payment=payment,
            )
            for (_life, _person, membership, paid), payment in together
            if paid.term
        ],
        BATCH,
    )


def _payment(number: int, life: Life, person: Person, paid: Paid) -> Payment:
    return Payment(
        key=f"demonstration:{number}",
        payer=person,
        minor=paid.minor,
        currency="GBP",
        method=life.method,
        state=Payment.State.CONFIRMED,
        asked_on=paid.on,
        received_on=paid.on,
        settled_at=timezone.now(),
    )


def _endings(lives: Sequence[Life], memberships: Sequence[Membership]) -> None:
    Decision.objects.bulk_create(
        [
            Decision(membership=membership, status="resigned", first=life.left_on, reason="They wrote to us.")
            for life, membership in zip(lives, memberships, strict=True)
            if life.left_on
        ],
        BATCH,
    )


def _declarations(lives: Sequence[Life], people: Sequence[Person]) -> None:
    Declaration.objects.bulk_create(
        [
            Declaration(
                person=person,
                made_on=life.applied_on,
                first=life.applied_on,
                how=Declaration.How.PAPER,
                wording=STATEMENT,
                given_names=life.given_names,
                family_name=life.family_name,
                address=life.address,
                postcode=life.postcode,
            )
            for life, person in zip(lives, people, strict=True)
            if life.has_gift_aid
        ],
        BATCH,
    )
