"""What does the group invite to, when and where?"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from itertools import islice
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from pututu.dates.fields import HonestDateField
from pututu.events import rules
from pututu.events.listing import EventLine, terms, times, whereabouts
from pututu.events.querysets import EventManager, EventQuerySet, dated
from pututu.events.rules import Problem
from pututu.pages.models import PAGE_LENGTH, BasePage, SectionPage
from pututu.shell.blocks import BodyBlock
from pututu.shell.models import zone_of_the_group
from pututu.shell.rendering import plain_text

SHOWN_OCCURRENCES = 6
SKIPPED = _("There is no such hour on that day: the clocks are put forward over it.")
MESSAGES = {
    Problem.TIME_WITHOUT_DAY: (
        "start_time",
        _("An hour needs a sure day: leave the times empty until the day is fixed."),
    ),
    Problem.SPAN_WITHOUT_DAY: (
        "ends_on",
        _("A last day needs a sure first day, written as in “6 March 2027”."),
    ),
    Problem.ENDS_BEFORE_DAY: (
        "ends_on",
        _("The event can't end on a day before the one on which it begins."),
    ),
    Problem.END_WITHOUT_START: ("end_time", _("Say also when it starts, or leave both times empty.")),
    Problem.ENDS_BEFORE_START: (
        "end_time",
        _("The event can't end before it starts. After midnight, give the next day under “until”."),
    ),
    Problem.START_IS_SKIPPED: ("start_time", SKIPPED),
    Problem.END_IS_SKIPPED: ("end_time", SKIPPED),
    Problem.REPEATS_WITHOUT_DAY: ("starts_on", _("A repeating event needs a sure first day.")),
    Problem.REPEATS_WITHOUT_END: (
        "repeats_until",
        _("Say until which day it repeats; five years are the most."),
    ),
    Problem.REPEATS_ENDS_BEFORE_DAY: (
        "repeats_until",
        _("It can't stop repeating before it takes place for the first time."),
    ),
    Problem.REPEATS_TOO_LONG: (
        "repeats_until",
        _("Announce five years at most; the day can be moved on later."),
    ),
    Problem.OVERLAPS_ITSELF: (
        "ends_on",
        _("It would begin anew before it has ended: shorten it or let it repeat less often."),
    ),
}


def check_time_zone(name: str) -> None:
    """Raise ValidationError unless ``name`` is in the IANA time zone database."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("There is no time zone of this name. Write it as in “Europe/London”."))


class Venue(models.Model):
    """A place where events are held."""

    name = models.CharField(_("name"), max_length=160)
    address = models.TextField(_("address"), blank=True, max_length=300)
    note = models.CharField(_("how to get in"), max_length=300, blank=True)
    url = models.URLField(_("link"), blank=True, max_length=300)

    panels = [FieldPanel("name"), FieldPanel("address"), FieldPanel("note"), FieldPanel("url")]

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def full_address(self) -> str:
        """Name and address in one line, as a calendar prints it."""
        return ", ".join([self.name, *self.address_lines])

    @property
    def address_lines(self) -> list[str]:
        """The lines of the address that the name does not hold already: "A hall, London" needs no second London."""
        lines = (line.strip(" ,") for line in self.address.splitlines())
        return [line for line in lines if line and line not in self.name]


class EventIndexPage(SectionPage):
    """The section of events: to come, then past."""

    template = "events/section.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]

    class Meta:
        verbose_name = _("section of events")

    def get_kinds(self) -> tuple[str, ...]:
        return ("event",)

    def items(self) -> EventQuerySet:
        found: EventQuerySet = EventPage.objects.live().public().child_of(self).for_lists()
        return found

    def page_of_past(self, number: str | None, now: dt.datetime) -> PaginatorPage[EventPage]:
        return Paginator(self.items().past(now).newest_first(), PAGE_LENGTH).get_page(number)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        """To come and undated stand on the first page of the list only; the past is spread over all of
        them.
        """
        now = timezone.now()
        past = self.page_of_past(request.GET.get("page"), now)
        is_first = past.number == 1
        return {
            **Page.get_context(self, request, *args, **kwargs),
            "paginated": past,
            "past": [event.as_line(now) for event in past],
            "coming": [event.as_line(now) for event in self.items().soonest_first(now)] if is_first else [],
            "undated": [event.as_line(now) for event in self.items().of_unknown_end()] if is_first else [],
        }


class EventPage(BasePage):
    """An event. The day it is held and the day it was announced are two dates.

    Wall-clock times with the name of their time zone are kept, not instants: if a country changes its summer
    time the event stays at the hour that was announced.
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

    starts_on = HonestDateField(
        _("held on"),
        help_text=_(
            "The day itself; for an old event, as exactly as it is known. Empty only if nobody knows."
        ),
    )
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("Only if it lasts more than one day.")
    )
    start_time = models.TimeField(_("starts at"), null=True, blank=True)
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=60, default=zone_of_the_group, validators=[check_time_zone]
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SCHEDULED)
    state_note = models.CharField(
        _("note on the state"),
        max_length=300,
        blank=True,
        help_text=_("For example: Moved from 6 March. The hall is the same."),
    )
    repeats = models.CharField(
        _("repeats"), max_length=12, choices=Repeats.choices, default=Repeats.NEVER, blank=True
    )
    repeats_until = models.DateField(_("repeats until"), null=True, blank=True)
    venue = models.ForeignKey(
        Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="events", verbose_name=_("venue")
    )
    online_url = models.URLField(_("link to take part online"), max_length=300, blank=True)
    is_online = models.BooleanField(_("one can take part online"), default=False)
    organiser = models.CharField(_("organiser"), max_length=200, blank=True, help_text=_("Empty: the group."))
    spoken_languages = models.CharField(_("languages spoken"), max_length=100, blank=True)
    price = models.CharField(_("price"), max_length=100, blank=True)
    capacity = models.PositiveIntegerField(_("room for"), null=True, blank=True)
    recording_url = models.URLField(_("recording"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    over_at = models.DateTimeField(null=True, editable=False, db_index=True)

    objects: ClassVar[EventManager] = EventManager()

    is_creatable = True
    parent_page_types = ["events.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    when_panels = [
        FieldPanel("starts_on"),
        FieldRowPanel([FieldPanel("start_time"), FieldPanel("end_time"), FieldPanel("ends_on")]),
        FieldPanel("time_zone"),
        FieldRowPanel([FieldPanel("state"), FieldPanel("state_note")]),
    ]
    repeat_panels = [
        FieldRowPanel([FieldPanel("repeats"), FieldPanel("repeats_until")]),
        InlinePanel("exceptions", label=_("day on which it does not take place")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    *BasePage.content_panels[:2],
                    MultiFieldPanel(when_panels, heading=_("When")),
                    MultiFieldPanel(repeat_panels, heading=_("Repeats"), classname="collapsed"),
                    MultiFieldPanel(
                        [FieldPanel(name) for name in ("venue", "is_online", "online_url")],
                        heading=_("Where"),
                    ),
                    FieldPanel("body"),
                    InlinePanel("programme", label=_("item of the programme")),
                    MultiFieldPanel(
                        [
                            FieldPanel(name)
                            for name in (
                                "organiser",
                                "spoken_languages",
                                "price",
                                "capacity",
                                "recording_url",
                            )
                        ],
                        heading=_("Particulars"),
                    ),
                ],
                heading=_("Content"),
            ),
            ObjectList(BasePage.content_panels[2:], heading=_("Announcement and picture")),
            ObjectList([*BasePage.tag_panels, *BasePage.source_panels], heading=_("Topics and sources")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Schedule")),
        ]
    )

    class Meta:
        verbose_name = _("event")

    def get_placed(self) -> Any:
        return self.starts_on

    def body_text(self) -> str:
        programme = [item.text for item in self.programme.all()]
        return "\n".join(
            filter(None, [self.venue.name if self.venue else "", plain_text(self.body), *programme])
        )

    def derive(self) -> None:
        super().derive()
        self.over_at = self.get_over_at()

    def clean(self) -> None:
        super().clean()
        errors: dict[str, list[Any]] = {}
        for problem in rules.problems(self.get_schedule()):
            field, message = MESSAGES[problem]
            errors.setdefault(field, []).append(message)
        if self.state == self.State.MOVED and not self.state_note.strip():
            errors["state_note"] = [
                _("Say from when or where it was moved: those who noted the old date must recognise it.")
            ]
        if errors:
            raise ValidationError(errors)

    def get_schedule(self) -> rules.Schedule:
        """Everything that decides when and where the event is."""
        return rules.Schedule(
            day=self.starts_on,
            last_day=self.ends_on,
            start_time=self.start_time,
            end_time=self.end_time,
            zone=self.time_zone,
            repeats=self.repeats,
            until=self.repeats_until if self.repeats else None,
            exceptions=frozenset(each.on for each in self.exceptions.all()) if self.repeats else frozenset(),
            place=self.venue.full_address if self.venue else "",
            online=self.online_url or ("yes" if self.is_online else ""),
            is_cancelled=self.state == self.State.CANCELLED,
        )

    def get_over_at(self) -> dt.datetime | None:
        """The instant from which nothing of it is to come; None while its fields make no sense together."""
        try:
            return self.get_schedule().over_at
        except (KeyError, ValueError, OverflowError):  # no such zone, or a year that no clock can show
            return None

    def next_occurrence(self, now: dt.datetime) -> rules.Occurrence | None:
        return rules.next_occurrence(self.get_schedule(), now)

    def next_at(self, now: dt.datetime) -> dt.datetime:
        """The instant by which a list of coming events is ordered: a vague date counts from its first
        possible day.
        """
        coming = self.next_occurrence(now)
        if coming:
            return coming.starts_at
        earliest = self.starts_on.earliest
        return dt.datetime.combine(earliest, dt.time.min, dt.UTC) if earliest else now

    def as_line(self, now: dt.datetime) -> EventLine:
        """Present the event in a list of events as it stands at ``now``."""
        schedule = self.get_schedule()
        coming = tuple(islice(rules.coming_occurrences(schedule, now), SHOWN_OCCURRENCES))
        return EventLine(
            listing=dated(self.as_listing(), coming[0] if coming else None),
            standing=rules.standing(schedule, now),
            occurrence=coming[0] if coming else next(rules.occurrences(schedule), None),
            later=coming[1:],
            repeats=self.get_repeats_display() if self.repeats else "",
            state=self.state,
            place=self.venue.name if self.venue else "",
            is_online=bool(self.is_online or self.online_url),
        )

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        return {
            **super().get_context(request, *args, **kwargs),
            "line": self.as_line(timezone.now()),
            "evidence": list(self.date_evidence.all()),
            "programme": list(self.programme.all()),
            "sources": list(self.sources.all()),
        }

    def structured_data(self) -> dict[str, Any]:
        """The event in the words of schema.org/Event; the hours with the offset that holds in its zone on
        that day.
        """
        first = next(rules.occurrences(self.get_schedule()), None)
        return {"@type": "Event", **times(self, first), **whereabouts(self), **terms(self)}


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


class ScheduleVersion(models.Model):
    """How often time or place of a public event have changed: the SEQUENCE of its calendar entry.

    It stands apart from the page because it is no content: publishing an old revision must not set it back.
    """

    event = models.OneToOneField(
        EventPage, on_delete=models.CASCADE, related_name="version", primary_key=True
    )
    sequence = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.event_id}: {self.sequence}"
