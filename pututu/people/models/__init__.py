"""Whom does the group know, how may it reach them, and who looked?

Private: nothing that the public site renders may import this app (the privacy wall). What somebody agreed to and who
looked at a record are kept as rows that are only ever added.
"""

from pututu.people.models.attempts import Attempts
from pututu.people.models.lists import Apart, ImportRow, ImportRun, Merge
from pututu.people.models.persons import EmailAddress, PeopleRules, Person, PersonEmail, Tag
from pututu.people.models.records import AccessRecord, AddedOnly, ConsentRecord, Erasure, Suppression

__all__ = [
    "AccessRecord",
    "AddedOnly",
    "Apart",
    "Attempts",
    "ConsentRecord",
    "EmailAddress",
    "Erasure",
    "ImportRow",
    "ImportRun",
    "Merge",
    "PeopleRules",
    "Person",
    "PersonEmail",
    "Suppression",
    "Tag",
]
