"""Who is told of a membership that is a present, and how does giving end?

The giver pays and is written to of the money. Whoever gets it is told when it is there, and not before: until then it
is a plan of somebody else's. Neither learns what is known of the other.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from pututu.giving.models import Payment, Share
from pututu.giving.services.ledger import cancel_payment
from pututu.giving.services.mandates import end_mandate
from pututu.membership.models import Membership, Term
from pututu.membership.services.consents import note_membership_mail
from pututu.membership.services.mail import absolute, post
from pututu.people.models import AccessRecord, Person
from pututu.people.rules import Purpose
from pututu.people.services import log_access
from pututu.people.services.consent import last_word, mailbox_of


def tell_of_present(membership: Membership, term: Term) -> None:
    """Write to giver and recipient when the first term of a present was paid for; nothing of any other term."""
    giver = membership.given_by
    if giver is None or membership.terms.exclude(pk=term.pk).exists():
        return
    _let_be_told(membership.holder)
    _post(membership.holder, "present", membership, term)
    _post(giver, "present_paid", membership, term)


def _let_be_told(holder: Person) -> None:
    """Note that a member must be told of the membership, wherever they have said nothing of that themselves."""
    for email in holder.addresses.all():
        if last_word(holder, email, Purpose.MEMBERSHIP) is None:
            note_membership_mail(holder, email, page="present", language=holder.language)


def _post(to: Person, letter: str, membership: Membership, term: Term) -> None:
    email, giver = mailbox_of(to, Purpose.MEMBERSHIP), membership.given_by
    if email and giver:
        post(
            email.address,
            letter,
            language=to.language,
            name=to.name if to == giver else membership.given_to or to.name,
            giver=giver.name,
            recipient=membership.given_to,
            plan=membership.plan.wording(to.language),
            end=term.last,
            me=absolute("me", language=to.language),
        )


@transaction.atomic
def stop_giving(membership: Membership, giver: Person) -> bool:
    """Leave what is paid for, and ask the giver for no more; False where they do not give it any longer."""
    stopped = Membership.objects.filter(pk=membership.pk, given_by=giver).update(given_by=None, given_to="")
    if not stopped:
        return False
    if membership.mandate and membership.mandate.payer_id == giver.pk:
        end_mandate(membership.mandate, on=timezone.localdate(), why="The giver stopped giving it.")
    for payment in _awaited_from(giver, membership):
        cancel_payment(payment, reason="The giver stopped giving it.")
    for person in (giver, membership.holder):
        log_access(
            AccessRecord.Act.CHANGED, person=person, by=None, fields=["membership"], detail="present ended"
        )
    return True


def _awaited_from(giver: Person, membership: Membership) -> list[Payment]:
    """What is awaited without a provider for a membership that is held already by who asks.

    Money that somebody is booking at this moment has come, and is left to them: who books it waits for the membership,
    so that waiting for the payment would be waiting for each other.
    """
    shares = Share.objects.filter(about=membership.uid).values("payment")
    rows = Payment.objects.select_for_update(skip_locked=True).pending()
    return list(rows.filter(payer=giver, provider="offline", pk__in=shares).order_by("pk"))
