"""What must a group say of itself to begin?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pututu.operations.services import Group
from pututu.shell.models import CURRENCIES, colour, country_choices, time_zones
from pututu.shell.rules import LIGHT_PAPER, too_pale

PARTICULARS = (
    "country",
    "city",
    "home_country",
    "email",
    "postal_address",
    "currency",
    "time_zone",
    "accent",
)


class FirstStartForm(forms.Form):
    """The group, its languages and look, and the first staff account."""

    code = forms.CharField(label=_("Code from the terminal"), max_length=40)
    name = forms.CharField(label=_("Name of the group"), max_length=120)
    strapline = forms.CharField(
        label=_("Strapline"), max_length=160, required=False, help_text=_("One line under the name.")
    )
    country = forms.CharField(label=_("Country it follows"), max_length=80)
    city = forms.CharField(label=_("Where it is at home"), max_length=80, required=False)
    home_country = forms.ChoiceField(
        label=_("Country where it is at home"),
        initial="GB",
        choices=country_choices,
        help_text=_("Forms propose it for addresses."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the site"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        initial=["en"],
    )
    own_language = forms.ChoiceField(
        label=_("The site's own language"),
        choices=settings.LANGUAGES,
        initial=get_language,
        required=False,
        help_text=_("For readers whose browser asks for neither."),
    )
    legal_form = forms.CharField(label=_("Legal form and register number"), max_length=200, required=False)
    email = forms.EmailField(label=_("Public e-mail address"), required=False)
    postal_address = forms.CharField(
        label=_("Postal address"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    social = forms.CharField(
        label=_("Links elsewhere"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line: name, a blank, address."),
    )
    accent = forms.CharField(
        label=_("Accent colour"),
        initial="#9c1431",
        validators=[colour],
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        initial="Europe/London",
        choices=time_zones,
    )
    staff_name = forms.CharField(label=_("Your name"), max_length=150)
    staff_email = forms.EmailField(label=_("Your e-mail address"), help_text=_("You sign in with it."))
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        validators=[validate_password],
        help_text=_("Twelve characters or more."),
    )

    def clean_accent(self) -> str:
        accent: str = self.cleaned_data["accent"]
        if too_pale(accent, LIGHT_PAPER):
            raise ValidationError(_("This colour can't be read on the paper: its contrast is under 4.5."))
        return accent

    def clean_social(self) -> tuple[tuple[str, str], ...]:
        links = []
        for line in filter(None, map(str.strip, self.cleaned_data["social"].splitlines())):
            label, _blank, url = line.rpartition(" ")
            if not label or not url.startswith("https://"):
                raise ValidationError(
                    _("“%(line)s” is not a name, a blank and an https:// address."), params={"line": line}
                )
            links.append((label.strip(), url))
        return tuple(links)

    def group(self) -> Group:
        """The group as the cleaned form describes it."""
        data: dict[str, Any] = self.cleaned_data
        own = [data["own_language"]] if data["own_language"] else []
        languages = tuple(dict.fromkeys([*own, *data["languages"]]))
        return Group(
            name=data["name"],
            languages=languages,
            straplines={languages[0]: data["strapline"]},
            descriptions={},
            legal_forms=dict.fromkeys(languages, data["legal_form"]),
            particulars={name: data[name] for name in PARTICULARS},
            social_links=data["social"],
        )
