"""How is somebody given all that is known of them?"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from pututu.lib.references import find_references
from pututu.people.disclosure import Section, sections_of
from pututu.people.models import AccessRecord, Person
from pututu.people.rules import AddressError, fold_address
from pututu.people.services.access import log_access
from pututu.shell.models import SiteSettings


class NobodyFound(LookupError):
    """Neither a payment reference nor an e-mail address that is known."""


class SeveralFound(LookupError):
    """Several people share the address; ``people`` are they."""

    def __init__(self, people: list[Person]) -> None:
        super().__init__("Several people share this address.")
        self.people = people


def find_one(words: str) -> Person:
    """The one known person of a payment reference or e-mail address. Raises NobodyFound, SeveralFound."""
    references = find_references(words)
    people = Person.objects.known().filter(reference__in=references)
    if not references:
        try:
            people = Person.objects.known().reached_at(fold_address(words))
        except AddressError as problem:
            raise NobodyFound("This is neither a payment reference nor an e-mail address.") from problem
    found = list(people[:10])
    if not found:
        raise NobodyFound("Nobody of this payment reference or e-mail address is known.")
    if len(found) > 1:
        raise SeveralFound(found)
    return found[0]


def disclose(person: Person, *, by: Any) -> bytes:
    """All that is known of a person in their language: a page to read and JSON in a ZIP. It is logged."""
    log_access(AccessRecord.Act.EXPORTED, person=person, by=by, detail="everything")
    with translation.override(person.language):
        sections = sections_of(person)
        context = {
            "person": person,
            "sections": sections,
            "group": SiteSettings.load().name,
            "now": timezone.now(),
        }
        page = render_to_string("people/disclosure.html", context)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("everything.html", page)
        file.writestr(
            "everything.json", json.dumps(as_values(sections), ensure_ascii=False, indent=2, default=str)
        )
    return packed.getvalue()


def everything(person: Person) -> dict[str, list[Mapping[str, Any]]]:
    """All that is known of a person, as they take it away from their own page: rows by their kind."""
    with translation.override(person.language):
        return as_values(sections_of(person))


def as_values(sections: Iterable[Section]) -> dict[str, list[Mapping[str, Any]]]:
    return {section.slug: list(section.rows) for section in sections}
