"""When do the names on Gift Aid claims go, and what of a claim stays?

HMRC asks for the records behind a claim for six years after the end of the accounting period that it belongs to. After
that a claim keeps its gifts, days, sums and the hash of its schedule as it was handed in; whoever kept the file can
show by it that nothing else was changed. A declaration of somebody erased goes with the last claim that rests on it.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from pututu.giving.models import Claim, ClaimLine, Declaration
from pututu.people.models import Person

NAMING = ("title", "first_name", "last_name", "house", "postcode")


def claims_with_names(since: dt.date) -> QuerySet[Claim]:
    """Claims before a day that still name donors; one that waits to be handed in is not among them."""
    done = Claim.objects.filter(names_out_on=None).exclude(state=Claim.State.FROZEN)
    return done.filter(Q(sent_on=None) | Q(sent_on__lt=since), made_at__date__lt=since).order_by("pk")


def take_names_out(keys: list[int]) -> None:
    """Empty who gave in the schedules of these claims; the hash stays that of what was handed in."""
    for claim in Claim.objects.filter(pk__in=keys, names_out_on=None):
        claim.rows = [{**row, **dict.fromkeys(NAMING, "")} for row in claim.rows]
        claim.names_out_on = timezone.localdate()
        claim.save(update_fields=["rows", "names_out_on"])
    empty_declarations(Person.objects.exclude(erased_at=None))


def empty_declarations(people: QuerySet[Person]) -> int:
    """Take name, address and words out of declarations of these people on which only nameless claims rest."""
    named = ClaimLine.objects.filter(declaration=OuterRef("pk"), claim__names_out_on=None)
    found = Declaration.objects.filter(~Exists(named), person__in=people)
    columns = ("title", "given_names", "family_name", "address", "postcode", "closed_why", "wording")
    return found.update(**dict.fromkeys(columns, ""))
