"""Which fields do forms of several apps have in common?"""

from __future__ import annotations

from typing import Any

from django import forms

from pututu.shell.models import country_choices, home_country


class CountryField(forms.ChoiceField):
    """The country of an address; the group's own is proposed, and none is taken for it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, choices=country_choices, initial=home_country, **options)


class LineField(forms.CharField):
    """Words on one line, with single spaces: a name goes into letters, where another line would be somebody's own."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())
