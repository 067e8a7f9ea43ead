"""What is a person told of the memberships that they hold or belong by?"""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pututu.membership.models import Joining, MailedLink, Membership
from pututu.membership.rendering.presents import presents_of
from pututu.people.disclosure import Section
from pututu.people.models import Person


def disclose_memberships(person: Person) -> Section:
    """All of them, also those long over, with every term and decision, the revoked ones among them."""
    labels = {
        "plan": _("Plan"),
        "holder": _("held by"),
        "method": _("pays by"),
        "applied_on": _("applied on"),
        "people": _("Household"),
        "terms": _("Paid for"),
        "decisions": _("Decided"),
        "reminders": _("Reminders"),
        "uid": _("Number"),
    }
    mine = Q(holder=person) | Q(belongings__person=person)
    found = (
        Membership.objects.filter(mine)
        .distinct()
        .with_facts()
        .prefetch_related("plan__wordings", "reminders")
    )
    return Section("memberships", _("Memberships"), labels, [_row(each, person) for each in found])


def disclose_links(person: Person) -> Section:
    """When links to their own page were asked for; whoever shares the address may have done it."""
    labels = {"at": _("When"), "used_at": _("Used")}
    rows = [
        {"at": each.made_at.isoformat(), "used_at": each.used_at.isoformat() if each.used_at else ""}
        for each in MailedLink.objects.filter(email__people=person).order_by("made_at")
    ]
    return Section("links", _("Links to your own page that were asked for"), labels, rows)


def disclose_new_addresses(person: Person) -> Section:
    labels = {"at": _("When"), "address": _("E-mail address"), "used_at": _("Used")}
    rows = [
        {
            "at": each.made_at.isoformat(),
            "address": each.address,
            "used_at": each.used_at.isoformat() if each.used_at else "",
        }
        for each in person.address_changes.order_by("made_at")
    ]
    return Section("new-addresses", _("New e-mail addresses that were to be confirmed"), labels, rows)


def disclose_joinings(person: Person) -> Section:
    labels = {"at": _("When"), "uid": _("Number")}
    rows = [
        {"at": each.at.isoformat(), "uid": str(each.uid)}
        for each in Joining.objects.filter(membership__holder=person).order_by("at")
    ]
    return Section("joinings", _("When the form to join was sent"), labels, rows)


def disclose_presents(person: Person) -> Section:
    """What they give, as they wrote and paid it; the membership itself is its holder's."""
    labels = {
        "to": _("For whom"),
        "plan": _("Plan"),
        "since": _("applied on"),
        "paid_until": _("Paid for until"),
        "uid": _("Number"),
    }
    rows: list[dict[str, object]] = [
        {
            "uid": str(each.membership.uid),
            "to": each.recipient,
            "plan": each.plan.name,
            "since": each.membership.applied_on.isoformat(),
            "paid_until": each.end.isoformat() if each.end else "",
        }
        for each in presents_of(person, ())
    ]
    return Section("presents", _("Memberships that you give"), labels, rows)


def _row(membership: Membership, person: Person) -> dict[str, object]:
    return {
        "uid": str(membership.uid),
        "plan": membership.plan.wording(get_language() or settings.LANGUAGE_CODE).name,
        "holder": _("you") if membership.holder_id == person.pk else _("somebody of your household"),
        "method": membership.get_method_display(),
        "applied_on": membership.applied_on.isoformat(),
        "people": str(membership.belongings.filter(until=None).count()),
        "terms": "; ".join(
            f"{each.first} – {each.last or '…'}" + (f" ({each.revoked_why})" if each.revoked_at else "")
            for each in membership.terms.all()
        ),
        "decisions": "; ".join(
            f"{each.status} {each.first}: {each.reason}" for each in membership.decisions.all()
        ),
        "reminders": "; ".join(f"{each.at:%Y-%m-%d} {each.channel}" for each in membership.reminders.all()),
    }


def disclose_passkeys(person: Person) -> Section:
    labels = {"name": _("Name"), "added": _("Added"), "used": _("Last used")}
    rows: list[dict[str, object]] = [
        {"name": each.name, "added": f"{each.added_at:%Y-%m-%d}", "used": str(each.used_at or "")[:10]}
        for each in person.passkeys.all()
    ]
    return Section("passkeys", _("Passkeys"), labels, rows)
