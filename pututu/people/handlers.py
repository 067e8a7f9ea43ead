"""What do the records of people themselves tell?"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pututu.people import disclosure, retention, segments, timeline
from pututu.people.disclosure import Section
from pututu.people.forms import SearchForm
from pututu.people.models import AccessRecord, ConsentRecord, Person
from pututu.people.rendering import purpose_name, receipt
from pututu.people.segments import Kind
from pututu.people.services import retained
from pututu.people.timeline import Entry

TOLD_ACTS = [act for act in AccessRecord.Act if act not in (AccessRecord.Act.SEEN, AccessRecord.Act.LISTED)]

DISCLOSED = (
    *("reference", "kind", "name", "title", "given_names", "family_name", "address", "town", "postcode"),
    *("country", "telephone", "language", "came_by", "notes", "died_on"),
)


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


def disclose_person(person: Person) -> Section:
    names = [field for field in DISCLOSED if getattr(person, field)]
    labels = {
        name: capfirst(str(getattr(Person._meta.get_field(name), "verbose_name", name))) for name in DISCLOSED
    }
    row = {
        name: getattr(person, f"get_{name}_display", lambda n=name: str(getattr(person, n)))()
        for name in names
    }
    tags = ", ".join(person.tags.values_list("name", flat=True))
    words = {**labels, "tags": _("Tags"), "since": _("Since")}
    return Section("person", _("You"), words, [{**row, "tags": tags, "since": person.created_at.isoformat()}])


def disclose_addresses(person: Person) -> Section:
    labels = {"address": _("E-mail address"), "state": _("State"), "reason": _("Why"), "added_at": _("Since")}
    rows = [
        {
            "address": link.email.address,
            "state": str(link.email.get_state_display()),
            "reason": link.email.state_reason,
            "added_at": link.added_at.isoformat(),
        }
        for link in person.person_emails.select_related("email")
    ]
    return Section("addresses", _("Your e-mail addresses"), labels, rows)


def disclose_consents(person: Person) -> Section:
    labels = {
        "at": _("When"),
        "address": _("E-mail address"),
        "purpose_in_words": _("For what"),
        "act_in_words": _("What happened"),
        "basis_in_words": _("Lawful basis"),
        "wording": _("What you were told"),
        "where": _("Where"),
    }
    return Section("consents", _("What you agreed to"), labels, receipt(person)["records"])


def disclose_access(person: Person) -> Section:
    """Who looked is told as a part that somebody has, not by name: the staff are people too."""
    labels = {"at": _("When"), "act": _("What"), "fields": _("Fields"), "who": _("Who")}
    rows = [
        {
            "at": row.at.isoformat(),
            "act": str(row.get_act_display()),
            "fields": ", ".join(row.fields),
            "who": _("Somebody on the staff") if row.by_id else _("You, or the program"),
        }
        for row in AccessRecord.objects.filter(person_uid=person.uid)
    ]
    return Section("access", _("Who looked at your record or changed it"), labels, rows)


for teller in (disclose_person, disclose_addresses, disclose_consents, disclose_access):
    disclosure.register(teller)
timeline.register(tell_consents)
timeline.register(tell_changes, permission="people.view_accessrecord")
for rule in retained.RULES:
    retention.register(rule)
retention.register_tie("people", retained.CONSENT_TIE)
segments.register(
    Kind(
        slug="people",
        title=gettext_lazy("People"),
        list_name="people:list",
        permission="people.view_person",
        read=lambda said: SearchForm(said).kept(),
        persons=lambda filters, _on: SearchForm(filters).found(),
    )
)
