"""What may readers say about what they get?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pututu.bulletins.models import Choice, Series
from pututu.topics.models import Topic

PAUSES = {
    "": _("no pause"),
    "28": _("for four weeks"),
    "91": _("for three months"),
    "182": _("for half a year"),
}


class ChoicesForm(forms.Form):
    """Languages, topics and a pause. Which languages and topics there are, the series and the site say."""

    languages = forms.MultipleChoiceField(choices=settings.LANGUAGES, required=False)
    topics = forms.MultipleChoiceField(required=False)
    pause = forms.ChoiceField(choices=list(PAUSES.items()), required=False)

    def __init__(self, *arguments: Any, series: Series, **options: Any) -> None:
        super().__init__(*arguments, **options)
        languages, topics = self.fields["languages"], self.fields["topics"]
        assert isinstance(languages, forms.MultipleChoiceField)
        assert isinstance(topics, forms.MultipleChoiceField)
        languages.choices = [each for each in settings.LANGUAGES if each[0] in series.languages]
        topics.choices = [(topic.slug, str(topic)) for topic in Topic.objects.prefetch_related("names")]

    @staticmethod
    def chosen(choice: Choice) -> dict[str, Any]:
        """What the form shows of what somebody chose before."""
        return {
            "languages": choice.languages,
            "topics": [topic.slug for topic in choice.topics.all()] if choice.pk else [],
        }

    def paused_until(self, today: dt.date) -> dt.date | None:
        days = self.cleaned_data["pause"]
        return today + dt.timedelta(days=int(days)) if days else None
