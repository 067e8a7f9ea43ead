"""What do bulletins do when somebody agrees or two records are merged, what do they tell, and what is for everybody?"""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from pututu.bulletins.rendering.announced import issues_in
from pututu.bulletins.rendering.disclosed import disclose_choices, disclose_mails, disclose_returned
from pututu.bulletins.services import retained
from pututu.bulletins.services.choosing import stay_away
from pututu.bulletins.services.erasing import Bulletins
from pututu.bulletins.services.subscribing import let_all_come_again, take_effect
from pututu.people import disclosure, erasure, retention
from pututu.people.models import ConsentRecord, Person
from pututu.people.signals import consent_confirmed, consent_given, people_merged
from pututu.shell import announced

for teller in (disclose_choices, disclose_mails, disclose_returned):
    disclosure.register(teller)
announced.register(issues_in)
erasure.register("bulletins", Bulletins())
for rule in retained.RULES:
    retention.register(rule)


@receiver(consent_given)
def begin_anew(record: ConsentRecord, **_rest: Any) -> None:
    let_all_come_again(record)


@receiver(consent_confirmed)
def give_what_was_asked_for(asked: list[ConsentRecord], **_rest: Any) -> None:
    take_effect(asked)


@receiver(people_merged)
def stay_away_from_what_either_left(kept: Person, other: Person, **_rest: Any) -> None:
    stay_away(kept, other)
