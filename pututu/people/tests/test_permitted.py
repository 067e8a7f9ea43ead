"""Is the answer for many the same as for each?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pututu.people.models import EmailAddress, PeopleRules
from pututu.people.rules import Act, Basis
from pututu.people.services import add_person, permission, record_consent, suppress
from pututu.people.services.permitted import ways_to_write

NOON = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
happenings = st.lists(
    st.tuples(st.sampled_from(list(Act)), st.sampled_from(list(Basis)), st.integers(0, 5)), max_size=4
)


class AskedForMany(TestCase):
    @given(
        st.lists(st.tuples(happenings, st.sampled_from(["good", "bounced"]), st.booleans()), max_size=4),
        st.booleans(),
    )
    def test_the_answer_for_many_is_that_for_each(self, people: list[Any], soft: bool) -> None:
        PeopleRules.objects.update_or_create(pk=1, defaults={"is_soft_opt_in_allowed": soft})
        asked = {}
        for number, (told, state, is_closed) in enumerate(people):
            address = f"r{number}@example.org"
            person = add_person(f"Reader {number}", emails=[address, "shared@example.org"])
            own = person.addresses.get(address=address)
            for act, basis, hour in told:
                at = NOON + dt.timedelta(hours=hour)
                record_consent(person, own, "bulletins", act=act, basis=basis, at=at)
            EmailAddress.objects.filter(pk=own.pk).update(state=state)
            if is_closed:
                suppress(address, reason="unsubscribed")
            asked[person.pk] = person
        found = dict(ways_to_write("bulletins", people=asked))
        for key, person in asked.items():
            for way in found[key]:
                email = EmailAddress.objects.get(pk=way.email)
                alone = permission(person, email, "bulletins", is_soft_opt_in_allowed=soft)
                assert way.permission == alone


@pytest.mark.django_db
def test_the_dead_and_the_erased_are_left_out() -> None:
    living, dead = (add_person(name, emails=[f"{name}@example.org"]) for name in ("ana", "ben"))
    for person in (living, dead):
        record_consent(person, person.addresses.get(), "bulletins", act=Act.GIVEN)
    dead.died_on = dt.date(2026, 1, 1)
    dead.save()
    assert [key for key, _ways in ways_to_write("bulletins")] == [living.pk]
