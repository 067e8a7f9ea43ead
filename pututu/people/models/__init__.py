"""Whom does the group know, how may it reach them, what did they agree to, and who looked?"""

from pututu.people.models.keeping import Attempts, RetentionLength, RetentionRun
from pututu.people.models.lists import Apart, ImportRow, ImportRun, Merge, SavedSegment
from pututu.people.models.records import (
    AccessRecord,
    AddedOnly,
    ConsentRecord,
    EmailAddress,
    Erasure,
    PeopleRules,
    Person,
    PersonEmail,
    Suppression,
    Tag,
)

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
    "RetentionLength",
    "RetentionRun",
    "SavedSegment",
    "Suppression",
    "Tag",
]
