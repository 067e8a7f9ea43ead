"""Which calendars does the site offer? Mounted under each language, before the pages."""

from __future__ import annotations

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from pututu.events import feeds

urlpatterns = [
    path(pgettext_lazy("address", "calendar.ics"), feeds.whole_calendar, name="calendar"),
    path(
        pgettext_lazy("address", "calendar/"),
        include([path("<slug:slug>.ics", feeds.topic_calendar, name="topic-calendar")]),
    ),
    path("<path:path>event.ics", feeds.event_calendar, name="event-calendar"),
]
