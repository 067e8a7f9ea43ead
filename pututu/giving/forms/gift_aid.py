"""What is asked of whoever takes a Gift Aid declaration or hands a claim in?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pututu.giving.models import Declaration
from pututu.giving.models.gift_aid import donor_of
from pututu.giving.rules.gift_aid import NotClaimable, reaches_back_to, what_is_lacking
from pututu.people.models import Person

ANSWERS = [("yes", _("They want Gift Aid")), ("no", _("They don't want it"))]
LACKING = {
    NotClaimable.NO_NAME: _("HMRC wants given and family name: write them into the person's record first."),
    NotClaimable.NO_ADDRESS: _(
        "HMRC wants a home address, in the UK with its postcode: write it into the record first."
    ),
}


def day_field(label: Any, **rest: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **rest)


class DeclarationForm(forms.Form):
    """A donor's statement, as it was made."""

    answer = forms.ChoiceField(
        label=_("What they said"), choices=ANSWERS, widget=forms.RadioSelect, initial="yes"
    )
    made_on = day_field(_("Made on"))
    first = day_field(
        _("For gifts from"), required=False, help_text=_("Empty: from four years before, as HMRC allows.")
    )
    how = forms.ChoiceField(label=_("How"), choices=Declaration.How.choices)
    wording = forms.CharField(
        label=_("What they agreed to"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The words of the form, or of the letter that confirmed what was said."),
        max_length=2000,
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_made_on(self) -> dt.date:
        made_on: dt.date = self.cleaned_data["made_on"]
        if made_on > timezone.localdate():
            raise forms.ValidationError(_("That day is still to come."))
        return made_on

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        lacking = what_is_lacking(donor_of(self.person))
        if found.get("answer") == "yes" and lacking:
            raise forms.ValidationError(LACKING[lacking])
        return found

    def facts(self) -> dict[str, Any]:
        """The statement as ``services.gift_aid.declare`` takes it; the form must be valid."""
        said = self.cleaned_data
        is_given = said["answer"] == "yes"
        earliest = reaches_back_to(said["made_on"]) if is_given else said["made_on"]
        return {
            "made_on": said["made_on"],
            "first": said["first"] or earliest,
            "how": said["how"],
            "wording": said["wording"],
            "is_given": is_given,
        }


class CloseForm(forms.Form):
    """From when a declaration no longer holds."""

    last = day_field(_("Last day"))
    reason = forms.CharField(label=_("Why"), max_length=300)


class HandInForm(forms.Form):
    """When a claim was handed in."""

    on = day_field(_("Handed in on"))
