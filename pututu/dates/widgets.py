"""How does a person type an honest date?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import get_language, gettext
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
            raise ValidationError(error.told(gettext), code=error.code) from error

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
        return {"edtf": "", "words": error.told(gettext), "is_refused": True}
    return {"edtf": value.edtf, "words": value.words(get_language() or "en"), "is_refused": False}
