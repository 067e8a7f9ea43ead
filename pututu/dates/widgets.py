"""How does a person type an honest date?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pututu.lib.dates import DateError, HonestDate, from_words


class HonestDateInput(forms.TextInput):
    """A text box that says, while one types, how the date will be understood (``honest-date.js``)."""

    template_name = "dates/honest_date_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-honest-date": reverse_lazy("dates:meaning"),
            "autocomplete": "off",
        }
        context["meaning"] = meaning(context["widget"]["value"] or "")
        return context

    def format_value(self, value: Any) -> str | None:
        return value.edtf if isinstance(value, HonestDate) else value

    class Media:
        js = ["dates/honest-date.js"]
        css = {"all": ["dates/honest-date.css"]}


class HonestDateFormField(forms.Field):
    """Takes EDTF and plain forms ("16 December 2013", "Aug - Sep 2012"); cleans to a ``HonestDate``."""

    widget = HonestDateInput
    default_error_messages = {"required": _("Give a date, as exactly as it is known.")}

    def to_python(self, value: Any) -> HonestDate:
        if isinstance(value, HonestDate):
            return value
        try:
            return from_words(value or "", language=get_language())
        except DateError as error:
            raise ValidationError(refusal(error, value), code=error.code) from error

    def validate(self, value: HonestDate) -> None:
        if self.required and value.is_unknown:
            raise ValidationError(self.error_messages["required"], code="required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial).edtf != self.to_python(data).edtf
        except ValidationError:
            return True


def meaning(text: str) -> dict[str, Any]:
    """Say how ``text`` is understood: ``{"edtf", "words", "is_refused"}``, in the language in force."""
    try:
        value = from_words(text, language=get_language())
    except DateError as error:
        return {"edtf": "", "words": refusal(error, text), "is_refused": True}
    return {"edtf": value.edtf, "words": value.words(get_language() or "en"), "is_refused": False}


REFUSALS = {
    "stand-in": _(
        "“%(text)s” is what a computer writes where no date was known. Nobody wrote that day: leave the date empty "
        "(“date unknown”) and keep the old line as evidence."
    ),
    "no-such-day": _("There is no such day as “%(text)s” in the calendar."),
    "reversed": _("“%(text)s” ends before it begins."),
    "ambiguous": _("“%(text)s” can be read in two ways. Write the month as a word, or the whole year."),
    "weekday": _("The weekday in “%(text)s” does not fit its date."),
    "not-supported": _("“%(text)s” is a kind of date that is not kept here."),
    "unreadable": _(
        "“%(text)s” can't be read as a date. Write it as in “16 December 2013”, “January 2018” or “2013-12-16”, "
        "or leave it empty."
    ),
}


def refusal(error: DateError, text: Any) -> str:
    """Say in the language in force why ``text`` is no date; the English of ``lib`` where it says more."""
    if (get_language() or "en").startswith("en") or error.code not in REFUSALS:
        return str(error)
    return str(REFUSALS[error.code] % {"text": text})
