"""How are the day, the hours and the state of an event put into words?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext, gettext_noop

from pututu.events import rules
from pututu.events.rules import Occurrence
from pututu.lib.dates import HonestDate
from pututu.lib.zones import city

register = template.Library()

# Cities of time zones whose names differ between languages; any other is printed as the zone's name has it.
CITIES = (
    gettext_noop("London"), gettext_noop("Dublin"), gettext_noop("Paris"), gettext_noop("Brussels"),
    gettext_noop("Berlin"), gettext_noop("Zurich"), gettext_noop("Vienna"), gettext_noop("Rome"),
    gettext_noop("Lisbon"), gettext_noop("Copenhagen"), gettext_noop("Stockholm"), gettext_noop("New York"),
    gettext_noop("Mexico City"), gettext_noop("Bogota"), gettext_noop("Havana"),
)  # fmt: skip


def language() -> str:
    return get_language() or "en"


def day_words(day: dt.date) -> str:
    """Return "Monday 4 March 2013", in the language in force."""
    return f"{date_format(day, 'l')} {HonestDate.parse(day.isoformat()).words(language())}"


def hour_words(hour: dt.time) -> str:
    """Return "2 pm", "4.30 pm" or "noon" in English, "14:00" in any other language."""
    if not language().startswith("en"):
        return hour.strftime("%H:%M")
    if (hour.hour, hour.minute) in ((0, 0), (12, 0)):
        return gettext("noon") if hour.hour else gettext("midnight")
    minutes = f".{hour.minute:02}" if hour.minute else ""
    return f"{hour.hour % 12 or 12}{minutes} {'pm' if hour.hour >= 12 else 'am'}"


@register.filter
def days_of(occurrence: Occurrence) -> SafeString:
    """The day of an occurrence with its weekday, in ``<time>``; two of them where it lasts longer."""
    first = format_html(
        '<time datetime="{}">{}</time>', _iso(occurrence), _capital(day_words(occurrence.first))
    )
    if not occurrence.is_of_several_days:
        return first
    last = format_html(
        '<time datetime="{}">{}</time>', occurrence.last.isoformat(), day_words(occurrence.last)
    )
    return format_html(gettext("{first} to {last}"), first=first, last=last)


@register.filter
def hours_of(occurrence: Occurrence) -> str:
    """ "2 pm to 4.30 pm, London time", or nothing where no hour is known."""
    if not occurrence.start_time:
        return ""
    words = {"start": hour_words(occurrence.start_time), "city": gettext(city(occurrence.zone))}
    if not occurrence.end_time:
        return gettext("{start}, {city} time").format(**words)
    return gettext("{start} to {end}, {city} time").format(end=hour_words(occurrence.end_time), **words)


@register.filter
def until_words(day: dt.date) -> str:
    """The day until which an event repeats."""
    return HonestDate.parse(day.isoformat()).words(language())


@register.filter
def spoken(languages: str) -> str:
    """The languages of an event, with a name in place of each code: "English, Spanish" for "en, es"."""
    return ", ".join(language_name(each.strip()) for each in languages.split(","))


def language_name(code: str) -> str:
    """The name of a language by its code; whatever is no code is left as its editor wrote it."""
    try:
        return str(gettext(get_language_info(code)["name"]))
    except KeyError:
        return code


@register.filter
def clock(hour: dt.time) -> SafeString:
    """An hour in ``<time>``."""
    return format_html('<time datetime="{}">{}</time>', hour.strftime("%H:%M"), hour_words(hour))


@register.filter
def state_words(event: Any) -> str:
    """What became of the event: its editor's note, led by the word for its state unless the note begins
    with it.
    """
    word = event.get_state_display() if event.state != "scheduled" else ""
    return rules.state_words(word, event.state_note)


def _iso(occurrence: Occurrence) -> str:
    """The day with the hour by the clocks of the place: HTML has no way to name a zone, so no offset is
    given.
    """
    hour = occurrence.start_time
    return f"{occurrence.first.isoformat()}T{hour:%H:%M}" if hour else occurrence.first.isoformat()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
