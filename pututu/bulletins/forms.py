"""What may readers say about what they get, and what does staff write of an issue?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from pututu.bulletins.models import Choice, Edition, Issue, Series
from pututu.lib.text import fold
from pututu.pages.models import BasePage
from pututu.people.forms import EmailField
from pututu.shell.rendering import language_name
from pututu.shell.templatetags.shell import kind_name
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
        topics.choices = topic_choices()

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


def topic_choices() -> list[tuple[str, str]]:
    """The topics by their names in the language in force, in its order."""
    rows = [(topic.slug, str(topic)) for topic in Topic.objects.prefetch_related("names")]
    return sorted(rows, key=lambda row: fold(row[1]))


class SubscribeForm(forms.Form):
    """What somebody asks for; ``series`` are those offered."""

    key = forms.UUIDField()
    website = forms.CharField(required=False)  # nobody sees it: only a program fills it in
    name = forms.CharField(max_length=200, required=False)
    email = EmailField(error_messages={"required": _("Please write your e-mail address.")})
    series = forms.MultipleChoiceField(error_messages={"required": _("Please choose what you want to get.")})
    languages = forms.MultipleChoiceField(choices=settings.LANGUAGES, required=False)
    topics = forms.MultipleChoiceField(required=False)

    def __init__(self, *arguments: Any, series: Sequence[Series], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offered = {each.slug: each for each in series}
        for name, choices in (
            ("series", [(slug, slug) for slug in self.offered]),
            ("topics", topic_choices()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices

    @property
    def is_by_a_program(self) -> bool:
        return bool(self.data.get("website"))

    @property
    def chosen(self) -> list[Series]:
        return [self.offered[slug] for slug in self.cleaned_data["series"]]


# --- staff


class SeriesForm(WagtailAdminModelForm):
    """A series; its languages are ticked."""

    languages = forms.MultipleChoiceField(
        label=_("languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )


class EditionForm(forms.Form):
    """The words of one edition."""

    subject = forms.CharField(label=_("subject"), max_length=120, required=False)
    intro = forms.CharField(
        label=_("introduction"), max_length=4000, required=False, widget=forms.Textarea({"rows": 5})
    )
    closing = forms.CharField(
        label=_("notes at the end"), max_length=4000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, data: Any = None, *, edition: Edition) -> None:
        kept = {name: getattr(edition, name) for name in ("subject", "intro", "closing")}
        super().__init__(data, prefix=edition.language, initial=kept)
        self.language = edition.language


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that may stand in an issue; ``place`` is empty where it does not."""

    page: BasePage
    place: int | None = None
    is_for_all: bool = False

    @property
    def about(self) -> list[str]:
        """What the coordinator tells it by: its language, its kind and its day."""
        listing = self.page.as_listing()
        when = listing.date.words(get_language() or settings.LANGUAGE_CODE)
        return list(filter(None, [language_name(listing.language), kind_name(listing.kind), when]))


class ItemsForm(forms.Form):
    """Which pages stand in an issue, and in which order: a place for each, empty for those that are left out."""

    def __init__(self, *arguments: Any, candidates: Sequence[Candidate], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.candidates = candidates
        for each in candidates:
            self.fields[f"place_{each.page.pk}"] = forms.IntegerField(
                required=False, min_value=1, max_value=999, initial=each.place, label=each.page.title
            )
            self.fields[f"all_{each.page.pk}"] = forms.BooleanField(required=False, initial=each.is_for_all)

    def rows(self) -> list[tuple[Candidate, forms.BoundField, forms.BoundField]]:
        return [
            (each, self[f"place_{each.page.pk}"], self[f"all_{each.page.pk}"]) for each in self.candidates
        ]

    def pages(self) -> list[BasePage]:
        """Those that were given a place, in order; of two with one place the one above comes first."""
        placed = [
            (self.cleaned_data[f"place_{each.page.pk}"], number, each.page)
            for number, each in enumerate(self.candidates)
            if self.cleaned_data[f"place_{each.page.pk}"]
        ]
        return [page for _place, _number, page in sorted(placed, key=lambda row: row[:2])]

    def for_all(self) -> set[int]:
        return {each.page.pk for each in self.candidates if self.cleaned_data[f"all_{each.page.pk}"]}


class UntranslatedForm(forms.Form):
    untranslated = forms.ChoiceField(choices=Issue.Untranslated.choices)


class SendForm(forms.Form):
    """The last confirmation: what is typed must be what the page says, so that nobody sends by accident."""

    at = forms.SplitDateTimeField(
        required=False,
        label=_("Not before"),
        widget=forms.SplitDateTimeWidget(date_attrs={"type": "date"}, time_attrs={"type": "time"}),
    )
    typed = forms.CharField(label=_("Type it"), max_length=80)

    def __init__(self, *arguments: Any, phrase: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.phrase = phrase

    def clean_typed(self) -> str:
        typed = " ".join(self.cleaned_data["typed"].split())
        if typed.casefold() != self.phrase.casefold():
            raise forms.ValidationError(_("Type exactly: %(phrase)s"), params={"phrase": self.phrase})
        return typed
