"""What does the group invite to, when and where?"""

from __future__ import annotations

import zoneinfo
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.snippets.models import register_snippet

from pututu.dates.fields import HonestDateField
from pututu.pages.models import BasePage, SectionPage
from pututu.shell.blocks import BodyBlock
from pututu.shell.rendering import plain_text


def check_time_zone(name: str) -> None:
    """Raise ValidationError unless ``name`` is in the IANA time zone database."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("There is no time zone of this name. Write it as in “Europe/London”."))


@register_snippet
class Venue(models.Model):
    """A place where events are held."""

    name = models.CharField(_("name"), max_length=160)
    address = models.TextField(_("address"), blank=True, max_length=300)
    note = models.CharField(_("how to get in"), max_length=300, blank=True)
    url = models.URLField(_("link"), blank=True, max_length=300)

    panels = [FieldPanel("name"), FieldPanel("address"), FieldPanel("note"), FieldPanel("url")]

    class Meta:
        verbose_name = _("venue")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class EventIndexPage(SectionPage):
    """The section of events: to come, then past."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]

    class Meta:
        verbose_name = _("section of events")

    def get_kinds(self) -> tuple[str, ...]:
        return ("event",)


class EventPage(BasePage):
    """An event. The day it is held and the day it was announced are two dates.

    Wall-clock times with the name of their time zone are kept, not instants: if a country changes its summer time the
    event stays at the hour that was announced.
    """

    kind_of_class = "event"

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("Takes place")
        MOVED = "moved", _("Moved")
        CANCELLED = "cancelled", _("Cancelled")

    class Repeats(models.TextChoices):
        NEVER = "", _("Once")
        WEEKLY = "weekly", _("Every week")
        FORTNIGHTLY = "fortnightly", _("Every two weeks")
        MONTHLY = "monthly", _("Every month, on the same weekday")
        YEARLY = "yearly", _("Every year")

    starts_on = HonestDateField(_("held on"), blank=False, help_text=_("The day itself; for an old event, as exactly as it is known."))
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("Only if it lasts more than one day."))
    start_time = models.TimeField(_("starts at"), null=True, blank=True)
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/London", validators=[check_time_zone])
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SCHEDULED)
    state_note = models.CharField(_("note on the state"), max_length=300, blank=True, help_text=_("For example: Moved from 6 March. The hall is the same."))
    repeats = models.CharField(_("repeats"), max_length=12, choices=Repeats.choices, default=Repeats.NEVER, blank=True)
    repeats_until = models.DateField(_("repeats until"), null=True, blank=True)
    venue = models.ForeignKey(Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="events", verbose_name=_("venue"))
    online_url = models.URLField(_("link to take part online"), max_length=300, blank=True)
    is_online = models.BooleanField(_("one can take part online"), default=False)
    organiser = models.CharField(_("organiser"), max_length=200, blank=True, help_text=_("Empty: the group."))
    spoken_languages = models.CharField(_("languages spoken"), max_length=100, blank=True)
    price = models.CharField(_("price"), max_length=100, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    recording_url = models.URLField(_("recording"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    sequence = models.PositiveIntegerField(default=0, editable=False)
    schedule = models.CharField(max_length=64, default="", editable=False)

    is_creatable = True
    parent_page_types = ["events.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        *BasePage.content_panels[:2],
        MultiFieldPanel(
            [
                FieldPanel("starts_on"),
                FieldRowPanel([FieldPanel("start_time"), FieldPanel("end_time"), FieldPanel("ends_on")]),
                FieldRowPanel([FieldPanel("time_zone"), FieldPanel("repeats"), FieldPanel("repeats_until")]),
                InlinePanel("exceptions", label=_("day on which it does not repeat")),
                FieldRowPanel([FieldPanel("state"), FieldPanel("state_note")]),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel([FieldPanel("venue"), FieldPanel("is_online"), FieldPanel("online_url")], heading=_("Where")),
        *BasePage.content_panels[2:],
        FieldPanel("body"),
        InlinePanel("programme", label=_("item of the programme")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("organiser", "spoken_languages", "price", "capacity", "recording_url")],
            heading=_("Particulars"),
        ),
        *BasePage.tag_panels,
        *BasePage.source_panels,
    ]

    class Meta:
        verbose_name = _("event")

    def get_placed(self) -> Any:
        return self.starts_on

    def body_text(self) -> str:
        return "\n".join(filter(None, [self.venue.name if self.venue else "", plain_text(self.body)]))


class ProgrammeItem(Orderable):
    """One line of an event's programme."""

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="programme")
    at = models.TimeField(_("at"), null=True, blank=True)
    text = models.CharField(_("what happens"), max_length=300)

    panels = [FieldRowPanel([FieldPanel("at"), FieldPanel("text")])]

    def __str__(self) -> str:
        return self.text


class EventException(Orderable):
    """A day on which a repeating event does not take place."""

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="exceptions")
    on = models.DateField(_("on"))

    panels = [FieldPanel("on")]

    def __str__(self) -> str:
        return str(self.on)
