"""When does the calendar entry of an event become a new version?"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published

from pututu.events.models import EventPage, Venue
from pututu.events.services import note_schedule, note_venue


@receiver(page_published, sender=EventPage)
def event_was_published(instance: EventPage, **_kwargs: Any) -> None:
    note_schedule(instance, now=timezone.now())


@receiver(post_save, sender=EventPage)
def event_was_made(instance: EventPage, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    """An event made public without a revision, as an import does, begins its count too."""
    if created and instance.live and not raw:
        transaction.on_commit(partial(_note_if_there, instance.pk))


@receiver(post_save, sender=Venue)
def venue_was_changed(instance: Venue, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    if not created and not raw:
        note_venue(instance, now=timezone.now())


def _note_if_there(pk: int) -> None:
    event = EventPage.objects.live().filter(pk=pk, version__isnull=True).first()
    if event:
        note_schedule(event, now=timezone.now())
