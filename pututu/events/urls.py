"""Which calendars does the site offer? Mounted under each language, before the pages."""

from __future__ import annotations

from django.urls import path

from pututu.events import feeds

urlpatterns = [
    path("calendar.ics", feeds.whole_calendar, name="calendar"),
    path("calendar/<slug:slug>.ics", feeds.topic_calendar, name="topic-calendar"),
    path("<path:path>event.ics", feeds.event_calendar, name="event-calendar"),
]
