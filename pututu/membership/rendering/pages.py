"""How do plans, ways to pay and questions about mail read on a page?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from pututu.giving.models import Method
from pututu.giving.rendering import Choice
from pututu.lib.dates import HonestDate
from pututu.membership.models import Membership, Plan, PlanWording, Term
from pututu.membership.rules import Objection, Status, StatusRules, covered_until, status_on
from pututu.people.models import Person
from pututu.people.rules import Purpose
from pututu.people.timeline import Entry
from pututu.shell.rendering import offered_url

METHOD_HINTS: dict[str, Promise] = {
    Method.CARD: _("Now. We do not see or keep the number."),
    Method.DIRECT_DEBIT: _(
        "It renews by itself: we write to you ten days before each payment, you can stop it, and your bank "
        "guarantees it."
    ),
    Method.STANDING_ORDER: _(
        "You tell your bank; we give you the reference. It can take some weeks until we see it."
    ),
    Method.BANK_TRANSFER: _("Once, from your bank. We give you the reference."),
    Method.CHEQUE: _("By post. We tell you to whom and where."),
    Method.CASH: _("Handed to the treasurer, with a receipt."),
}
STATUS_WORDS: dict[str, Promise] = {
    Status.APPLIED: _("applied, not paid for yet"),
    Status.CURRENT: _("current"),
    Status.GRACE: _("ended, in the days of grace"),
    Status.LAPSED: _("ended"),
    Status.LIFE: _("for life"),
    Status.RESIGNED: _("given up"),
    Status.DECEASED: _("deceased"),
    Status.EXPELLED: _("taken away"),
}


# What is asked about mail: a title, and what it means. Together they are the wording that is kept as evidence.
MAIL: dict[str, tuple[Promise, Promise]] = {
    Purpose.BULLETINS: (
        _("The bulletin"),
        _("By e-mail. No pictures that report back; we do not know whether you open it."),
    ),
    Purpose.EVENTS: (_("Invitations to events"), _("By e-mail, when something is planned.")),
    Purpose.ACTIONS: (
        _("Calls to act"),
        _("By e-mail, a few times a year: letters to write, meetings to attend."),
    ),
}


def wording_of(purpose: str) -> str:
    """The exact words by which somebody is asked, in the language in force."""
    title, hint = MAIL[purpose]
    return f"{title}. {hint}"


def plan_choices(plans: Iterable[Plan], language: str, *, chosen: str = "") -> list[Choice]:
    rows = [(plan, plan.wording(language)) for plan in plans]
    return [
        Choice(plan.slug, words.name, words.description, plan.price.words(language), plan.slug == chosen)
        for plan, words in rows
    ]


def method_choices(methods: Sequence[str], *, chosen: str = "") -> list[Choice]:
    return [
        Choice(each, str(Method(each).label), str(METHOD_HINTS.get(each, "")), is_chosen=each == chosen)
        for each in methods
    ]


def mail_choices(*, chosen: Iterable[str] = ()) -> list[Choice]:
    ticked = set(chosen)
    return [
        Choice(purpose, str(title), str(hint), is_chosen=purpose in ticked)
        for purpose, (title, hint) in MAIL.items()
    ]


COVERED = frozenset({Status.CURRENT, Status.LIFE})


@dataclass(frozen=True)
class OwnMembership:
    """A membership as the person sees it who belongs by it; only its holder changes it."""

    membership: Membership
    plan: PlanWording
    status: str
    end: dt.date | None
    is_mine: bool
    may_renew: bool
    is_being_taken: bool
    is_my_mandate: bool
    may_leave: bool
    methods: tuple[Choice, ...]
    terms: tuple[Term, ...]
    others: tuple[Person, ...]
    room: int
    giver: str = ""
    plans: tuple[Choice, ...] = ()


def own_membership(
    membership: Membership,
    person: Person,
    *,
    today: dt.date,
    rules: StatusRules,
    methods: Sequence[str],
    plans: Iterable[Plan] = (),
) -> OwnMembership:
    """Gather what a member's own page says of one membership."""
    plan, facts = membership.plan, membership.facts
    status = status_on(today, facts, rules)
    allowed = [each for each in methods if plan.allows(each)]
    may_pay = membership.given_by is None or status not in COVERED
    belonging = [row.person for row in membership.belongings.select_related("person") if row.until is None]
    return OwnMembership(
        membership=membership,
        plan=plan.wording(get_language() or settings.LANGUAGE_CODE),
        status=str(STATUS_WORDS[status]),
        end=covered_until(facts.terms),
        is_mine=membership.holder_id == person.pk,
        may_renew=bool(plan.minor and allowed and may_pay)
        and not facts.is_without_end
        and status is not Status.EXPELLED,
        is_being_taken=membership.is_being_taken,
        is_my_mandate=membership.mandate is not None and membership.mandate.payer_id == person.pk,
        may_leave=status not in (Status.RESIGNED, Status.EXPELLED, Status.DECEASED),
        methods=tuple(method_choices(allowed, chosen=membership.method)),
        terms=tuple(each for each in membership.terms.all() if each.revoked_at is None),
        others=tuple(each for each in belonging if each.pk != membership.holder_id),
        room=plan.people_at_most - len(belonging),
        giver=membership.given_by.name if membership.given_by else "",
        plans=tuple(plan_choices(plans, get_language() or settings.LANGUAGE_CODE)),
    )


# --- for staff

OBJECTION_WORDS: dict[str, Promise] = {
    Objection.WENT_BACK: _("The money went back."),
    Objection.OTHER_CURRENCY: _("It is in another currency than the plan."),
    Objection.ERASED: _("Whoever held the membership was erased: give it back, or say what else it is for."),
    Objection.TOO_LITTLE: _("It is less than the plan costs."),
    Objection.DECEASED: _("The holder has died."),
    Objection.EXPELLED: _("The membership was taken away."),
    Objection.LEFT_SINCE: _("It was asked for before the holder left."),
    Objection.FOR_LIFE: _("The membership has no end."),
    Objection.PAID_ALREADY: _("It is paid for long ahead: perhaps this was paid twice."),
}


@dataclass(frozen=True)
class Row:
    """A membership in a list of the staff's."""

    membership: Membership
    plan: str
    status: Status
    end: dt.date | None

    @property
    def status_words(self) -> str:
        return str(STATUS_WORDS[self.status])


def row_of(membership: Membership, *, today: dt.date, rules: StatusRules) -> Row:
    facts = membership.facts
    plan = membership.plan.wording(get_language() or settings.LANGUAGE_CODE).name
    return Row(membership, plan, status_on(today, facts, rules), covered_until(facts.terms))


def told_of(person: Person) -> Iterator[Entry]:
    """What a person's page tells of their memberships, in the order of the rows."""
    held = Membership.objects.filter(belongings__person=person).distinct().with_facts()
    for membership in held.prefetch_related("plan__wordings"):
        url = offered_url("membership:membership", membership.uid)
        plan = membership.plan.wording(get_language() or settings.LANGUAGE_CODE).name
        yield Entry(
            _noon(membership.applied_on), gettext("Applied for membership: %(plan)s") % {"plan": plan}, url
        )
        for term in membership.terms.all():
            if term.revoked_at is None:
                yield Entry(_noon(term.first), _span(term), url)
        for decision in membership.decisions.all():
            words = {"status": STATUS_WORDS.get(decision.status, decision.status), "reason": decision.reason}
            yield Entry(decision.made_at, gettext("Membership %(status)s: %(reason)s") % words, url)


def _span(term: Term) -> str:
    words = {"first": in_words(term.first), "last": in_words(term.last)}
    return (
        gettext("Member from %(first)s to %(last)s") if term.last else gettext("Member from %(first)s")
    ) % words


def _noon(day: dt.date) -> dt.datetime:
    """An instant for a day, so that it has its place among instants."""
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def in_words(date: dt.date | None) -> str:
    """A day as the language in force writes it, like "14 March 2027"; nothing for none."""
    language = get_language() or settings.LANGUAGE_CODE
    return HonestDate.parse(date.isoformat()).words(language) if date else ""
