"""What do the records of people themselves tell?"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from pututu.people import timeline
from pututu.people.models import AccessRecord, ConsentRecord, Person
from pututu.people.rendering import purpose_name
from pututu.people.timeline import Entry

TOLD_ACTS = [act for act in AccessRecord.Act if act not in (AccessRecord.Act.SEEN, AccessRecord.Act.LISTED)]


def tell_consents(person: Person) -> Iterator[Entry]:
    rows = ConsentRecord.objects.filter(person=person).select_related("email")
    for row in rows:
        facts = {
            "what": row.get_act_display(),
            "purpose": purpose_name(row.purpose),
            "address": row.email.address,
        }
        yield Entry(row.at, _("%(purpose)s, %(address)s: %(what)s") % facts)


def tell_changes(person: Person) -> Iterator[Entry]:
    rows = AccessRecord.objects.filter(person_uid=person.uid, act__in=TOLD_ACTS).select_related("by")
    for row in rows:
        what = ": ".join(filter(None, [row.get_act_display(), ", ".join(row.fields), row.detail]))
        yield Entry(row.at, f"{what} ({row.by})" if row.by else what)


timeline.register(tell_consents)
timeline.register(tell_changes, permission="people.view_accessrecord")
