"""What may be decided about items that wait, one or many at once?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.models import Page

from pututu.events.models import EventPage
from pututu.lib.dates import DateError, from_words
from pututu.publishing.models import BackgroundPage, PublicationPage, StoryPage
from pututu.rescue.models import RescuedItem

ACTS = (
    ("keep", gettext_lazy("Right as it is")),
    ("unknown", gettext_lazy("Nobody knows the date")),
    ("date", gettext_lazy("Set this date")),
    ("join", gettext_lazy("The same as the other: join")),
    ("undo", gettext_lazy("Take the decision back")),
)


def acts_for(*, is_decided: bool) -> list[tuple[str, Any]]:
    """What may be done with an item that waits, or with one about which somebody decided."""
    return [(code, label) for code, label in ACTS if (code == "undo") == is_decided]


class SectionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django knows no arguments when it runs
    """A section by its name and its language."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} ({obj.locale.get_display_name()})"


class GivenForm(forms.Form):
    """What staff give of an old site, and where it goes: only where they may write, and publish where they may."""

    file = forms.FileField(
        label=gettext_lazy("file"),
        help_text=gettext_lazy(
            "A WordPress export, WACZ, WARC, feed, CSV, JSON Lines or scraped text, or a ZIP of a folder of HTML."
        ),
    )
    site = forms.URLField(
        label=gettext_lazy("address of the old site"),
        required=False,
        assume_scheme="http",
        help_text=gettext_lazy("Only for a ZIP whose folders don't name it: http://www.example.org"),
    )
    section = SectionField(
        label=gettext_lazy("into which section"),
        queryset=Page.objects.none(),
        required=False,
        empty_label=gettext_lazy("From the old site (nobody sees it)"),
        help_text=gettext_lazy(
            "What it can't hold waits under “From the old site”; another language goes to the same section there."
        ),
    )
    is_published = forms.BooleanField(
        label=gettext_lazy("publish at once what needs no decision"),
        required=False,
        help_text=gettext_lazy(
            "Otherwise all of it comes as drafts. For this a section is needed in which you may publish."
        ),
    )

    def __init__(self, *args: Any, by: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.by = by
        field = self.fields["section"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = sections_for(by)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        section: Page | None = found.get("section")
        if not found.get("is_published"):
            return found
        if section is None:
            self.add_error("is_published", _("Choose a section too: elsewhere nothing is published."))
        elif not section.permissions_for_user(self.by).can_publish_subpage():
            self.add_error("is_published", _("You may not publish in this section."))
        return found


def sections_for(by: Any) -> QuerySet[Page]:
    """The sections that hold what comes from an old site and in which somebody may add pages."""
    kinds = {StoryPage, EventPage, BackgroundPage, PublicationPage}
    found = Page.objects.filter(depth=3, live=True).select_related("locale")
    fit = [
        page.pk
        for page in found.specific()
        if kinds & set(page.allowed_subpage_models()) and page.permissions_for_user(by).can_add_subpage()
    ]
    return found.filter(pk__in=fit).order_by("locale_id", "path")


class DecisionForm(forms.Form):
    """Items, what to do with them, and a date in words where one is set."""

    items = forms.ModelMultipleChoiceField(
        queryset=RescuedItem.objects.filter(page__isnull=False),
        error_messages={
            "required": gettext_lazy("Choose at least one item."),
            "invalid_choice": gettext_lazy("The page of one of them was deleted meanwhile. Choose again."),
        },
    )
    act = forms.ChoiceField(choices=ACTS)
    words = forms.CharField(required=False, max_length=100)

    def clean(self) -> dict[str, object]:
        found = super().clean() or {}
        if found.get("act") == "date":
            try:
                from_words(str(found.get("words", "")), language=get_language() or "en")
            except DateError as error:
                raise ValidationError(error.told(_)) from error
        elif found.get("words"):
            raise ValidationError(_("You wrote a date: choose “Set this date”, or leave the box empty."))
        return found
