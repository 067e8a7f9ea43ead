"""How is somebody erased, and stays erased after a restore?

The record stays as an empty shell, so that the ledger keeps pointing at something. A line for each erasure, with hashes
and without names, is added to a file in the data folder, which is kept apart from backups of the database.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pututu.people.erasure import Keeping, holders, keepings_of
from pututu.people.models import (
    AccessRecord,
    ConsentRecord,
    EmailAddress,
    Erasure,
    Merge,
    Person,
    Suppression,
)
from pututu.people.services.access import log_access
from pututu.people.services.consent import address_hash, suppress

EMPTIED = (
    "name",
    "title",
    "given_names",
    "family_name",
    "address",
    "town",
    "postcode",
    "country",
    "telephone",
    "came_by",
    "notes",
)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an erasure would do: what stays, and which addresses would be closed or stay with whoever shares them."""

    keepings: list[Keeping]
    closed: list[str]
    shared: list[str]


def preview_erasure(person: Person) -> Preview:
    emails = list(_emails_of(person))
    alone = [email for email in emails if _is_theirs_alone(person, email)]
    return Preview(
        keepings=[keeping for each in _records_of(person) for keeping in keepings_of(each)],
        closed=[email.address for email in alone],
        shared=[email.address for email in emails if email not in alone],
    )


def _records_of(person: Person) -> list[Person]:
    """The record and those that were merged into it, which are the same person's."""
    merged = [each for other in person.merged.all() for each in _records_of(other)]
    return [person, *merged]


def _emails_of(person: Person) -> Any:
    """The addresses that a person has, and had when they agreed to something."""
    records = _records_of(person)
    theirs = EmailAddress.objects.filter(people__in=records) | EmailAddress.objects.filter(
        consents__person__in=records
    )
    return theirs.distinct().order_by("pk")


def _is_theirs_alone(person: Person, email: EmailAddress) -> bool:
    records = _records_of(person)
    others = Person.objects.exclude(pk__in=[each.pk for each in records])
    return not others.filter(addresses=email).exists() and not others.filter(consents__email=email).exists()


@transaction.atomic
def erase_person(person: Person, *, by: Any, at: dt.datetime | None = None) -> Erasure:
    """Take out all that is known of somebody but what must stay; asked again, nothing more happens.

    An address that nobody else shares is closed: it is never written to nor brought in again.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    found = Erasure.objects.filter(person=person).first()
    if found:
        return found
    now = at or timezone.now()
    keepings = preview_erasure(person).keepings
    hashes = _close_addresses(person)
    facts = [{"what": k.what, "why": k.why, "until": k.until and k.until.isoformat()} for k in keepings]
    for each in reversed(_records_of(person)):
        _empty(each, now)
        erasure: Erasure = Erasure.objects.create(
            person=each, uid=each.uid, at=now, by=by, address_hashes=hashes, kept=facts
        )
    log_access(AccessRecord.Act.ERASED, person=person, by=by)
    transaction.on_commit(write_erasures)
    return erasure


def _close_addresses(person: Person) -> list[str]:
    hashes = []
    alone = [email for email in _emails_of(person) if _is_theirs_alone(person, email)]
    ConsentRecord.objects.filter(person__in=_records_of(person)).erase()
    for email in alone:
        hashes.append(address_hash(email.address))
        suppress(email.address, reason=Suppression.Reason.ERASED)
        email.delete()
    for each in _records_of(person):
        each.person_emails.all().delete()
    return hashes


def _empty(person: Person, at: dt.datetime) -> None:
    for holder in holders():
        holder.erase(person)
    for name in EMPTIED:
        setattr(person, name, "")
    person.died_on, person.erased_at = None, at
    person.save()
    person.tags.clear()
    person.import_rows.update(person=None)
    told = AccessRecord.objects.filter(person_uid=person.uid)
    told.exclude(act__in=(AccessRecord.Act.MERGED, AccessRecord.Act.SEPARATED)).blank("detail")
    for merge in Merge.objects.filter(kept=person) | Merge.objects.filter(other=person):
        merge.moved = {"rows": {}, "filled": {}, "tags": []}
        merge.save(update_fields=["moved"])


# --- after a restore


def erasures_file() -> Path:
    """Where the erasures are written down, beside the database: a uid and hashes a line, no names."""
    return Path(settings.MEDIA_ROOT).parent / "erasures.jsonl"


def read_erasures() -> list[dict[str, Any]]:
    """What the file tells; a line that a crash cut off is left out."""
    found = []
    path = erasures_file()
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            found.append(json.loads(line))
        except json.JSONDecodeError:
            continue
    return found


def write_erasures() -> None:
    """Add to the file the erasures that are missing in it, such as one after which the machine stopped."""
    told = {each["uid"] for each in read_erasures()}
    missing = [each for each in Erasure.objects.order_by("pk") if str(each.uid) not in told]
    if not missing:
        return
    handle = os.open(erasures_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        for each in missing:
            line = {"uid": str(each.uid), "addresses": each.address_hashes, "at": each.at.isoformat()}
            file.write(f"\n{json.dumps(line)}")
        file.flush()
        os.fsync(file.fileno())


def reapply_erasures() -> int:
    """Erase anew those whom an older copy of the database brought back; return how many it were."""
    count = 0
    for told in read_erasures():
        at = dt.datetime.fromisoformat(told["at"])
        for each in told["addresses"]:
            facts = {"reason": Suppression.Reason.ERASED, "since": at}
            Suppression.objects.get_or_create(address_hash=each, defaults=facts)
        person = Person.objects.filter(uid=told["uid"], erased_at=None).first()
        if person:
            erase_person(person, by=None, at=at)
            count += 1
    write_erasures()
    return count
