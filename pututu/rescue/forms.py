"""What may be decided about items that wait, one or many at once?"""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from pututu.lib.dates import DateError, from_words
from pututu.rescue.models import RescuedItem

ACTS = (
    ("keep", gettext_lazy("Right as it is")),
    ("unknown", gettext_lazy("Nobody knows the date")),
    ("date", gettext_lazy("Set this date")),
    ("join", gettext_lazy("The same as the other: join")),
    ("undo", gettext_lazy("Take the decision back")),
)


class GivenForm(forms.Form):
    """What staff give of an old site."""

    file = forms.FileField(
        label=gettext_lazy("file"),
        help_text=gettext_lazy(
            "A WordPress export, WACZ, WARC, feed, CSV or JSON Lines file, or a ZIP of a folder of HTML."
        ),
    )
    site = forms.URLField(
        label=gettext_lazy("address of the old site"),
        required=False,
        assume_scheme="http",
        help_text=gettext_lazy("Only for a ZIP whose folders don't name it: http://www.example.org"),
    )


class DecisionForm(forms.Form):
    """Items, what to do with them, and a date in words where one is set."""

    items = forms.ModelMultipleChoiceField(queryset=RescuedItem.objects.filter(page__isnull=False))
    act = forms.ChoiceField(choices=ACTS)
    words = forms.CharField(required=False, max_length=100)

    def clean(self) -> dict[str, object]:
        found = super().clean() or {}
        if found.get("act") == "date":
            try:
                from_words(str(found.get("words", "")), language=get_language() or "en")
            except DateError as error:
                raise ValidationError(error.told(_)) from error
        return found
