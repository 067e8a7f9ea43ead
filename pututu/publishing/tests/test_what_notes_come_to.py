"""What does a list say of a story with several public notes?"""

import datetime as dt

import pytest

from pututu.publishing.rules import what_notes_come_to

FIRST, LAST = dt.date(2013, 1, 1), dt.date(2013, 2, 2)


@pytest.mark.parametrize(
    ("notes", "word"),
    [
        ([], ""),
        ([("update", FIRST)], "update"),
        ([("correction", FIRST), ("update", LAST)], "update"),
        ([("update", FIRST), ("correction", LAST)], "correction"),
        ([("update", LAST), ("correction", LAST)], "correction"),
        ([("retraction", FIRST), ("update", LAST)], "retraction"),
    ],
)
def test_withdrawn_once_is_withdrawn_and_else_the_last_note_counts(
    notes: list[tuple[str, dt.date]], word: str
) -> None:
    assert what_notes_come_to(notes) == word
