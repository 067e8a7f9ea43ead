"""How does a member declare, or end, that tax may be claimed back on what they give?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from pututu.giving.models import Declaration, GiftAidSettings
from pututu.giving.rules.gift_aid import reaches_back_to
from pututu.giving.services.gift_aid import close_declaration, declare
from pututu.membership.services.own_page import change_details
from pututu.people.models import AccessRecord, Person
from pututu.people.services import log_access

STOPPED = "They don't want it any more."


@dataclass(frozen=True, slots=True)
class Declared:
    """A statement as it was made: the name that HMRC knows, and the words that were read."""

    given_names: str
    family_name: str
    wording: str

    @property
    def names(self) -> dict[str, str]:
        return {"given_names": self.given_names, "family_name": self.family_name}


def is_asked_of_members() -> bool:
    """Whether whoever joins is asked: where the group claims Gift Aid, and dues count as gifts."""
    settings = GiftAidSettings.load()
    return settings.is_on and settings.are_dues_gifts


@transaction.atomic
def declare_now(person: Person, said: Mapping[str, str], *, wording: str, on: dt.date) -> Declaration:
    """Take a person's own statement, with the name and the home address that they give now; twice the same is one."""
    change_details(person, said)
    return declare_online(person, wording=wording, on=on)


def declare_online(person: Person, *, wording: str, on: dt.date) -> Declaration:
    """Take a statement with name and address as they are in the record, for the four years before and from now on."""
    declared = declare(
        person, made_on=on, first=reaches_back_to(on), how=Declaration.How.ONLINE, wording=wording
    )
    log_access(AccessRecord.Act.CHANGED, person=person, by=None, fields=["gift aid"], detail="declared")
    return declared


@transaction.atomic
def stop_gift_aid(person: Person, *, on: dt.date) -> int:
    """End what was declared, from tomorrow; return how many statements that ended. They stay to be seen."""
    standing = person.declarations.filter(closed_at=None, is_given=True)
    closed = sum(close_declaration(each, last=on, reason=STOPPED) for each in standing)
    if closed:
        log_access(AccessRecord.Act.CHANGED, person=person, by=None, fields=["gift aid"], detail="ended")
    return closed
