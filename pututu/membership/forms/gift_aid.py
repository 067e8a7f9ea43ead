"""What is asked of whoever lets tax be claimed back on what they give?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pututu.giving.rules.gift_aid import HOME, Donor, NotClaimable, what_is_lacking
from pututu.shell.forms import CountryField

LACKING = {
    NotClaimable.NO_NAME: ("given_names", _("HMRC wants your given and your family name.")),
    NotClaimable.NO_ADDRESS: (
        "address",
        _("HMRC wants your home address, in the UK with its postcode."),
    ),
}


def refuse_what_is_lacking(form: forms.Form, donor: Donor, *, prefix: str = "") -> None:
    """Say beside its field what HMRC would miss; ``prefix`` stands before the names of the fields of the name."""
    lacking = what_is_lacking(donor)
    if lacking:
        field, words = LACKING[lacking]
        form.add_error(f"{prefix}{field}" if field == "given_names" else field, words)


class GiftAidForm(forms.Form):
    """A member's statement on their own page."""

    given_names = forms.CharField(max_length=120, required=False)
    family_name = forms.CharField(max_length=120, required=False)
    address = forms.CharField(max_length=300, required=False)
    town = forms.CharField(max_length=80, required=False)
    postcode = forms.CharField(max_length=16, required=False)
    country = CountryField()
    agreed = forms.BooleanField(error_messages={"required": _("Tick the statement, if it is so.")})

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        names = (said.get("given_names", ""), said.get("family_name", ""))
        donor = Donor(
            *names, said.get("address", ""), said.get("postcode", ""), country=said.get("country") or HOME
        )
        refuse_what_is_lacking(self, donor)
        return said

    @property
    def details(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != "agreed"}
