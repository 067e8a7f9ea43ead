"""What is asked of somebody who joins, or changes what is known of them?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pututu.giving.rules.gift_aid import HOME, Donor
from pututu.membership.forms.gift_aid import refuse_what_is_lacking
from pututu.membership.models import Plan
from pututu.membership.rendering.pages import MAIL, wording_of
from pututu.people.forms import EmailField
from pututu.shell.forms import CountryField, LineField

OTHERS_AT_MOST = 50


def offer(form: forms.Form, name: str, codes: Iterable[str]) -> None:
    """Let a field of a form be answered with one of these codes; the template has the words for them."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField), "a choice is offered for nothing else"
    field.choices = [(code, code) for code in codes]


def postal_in(said: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """What was written of an address; the country alone, which is proposed, says nothing."""
    found = {name: said[prefix + name] for name in AddressForm.base_fields if said[prefix + name]}
    return found if found.keys() - {"country"} else {}


class AddressForm(forms.Form):
    """Where post goes; all of it may stay empty."""

    address = forms.CharField(max_length=300, required=False)
    town = forms.CharField(max_length=80, required=False)
    postcode = forms.CharField(max_length=16, required=False)
    country = CountryField()

    @property
    def postal(self) -> dict[str, str]:
        return postal_in(self.cleaned_data)


class PresentForm(forms.Form):
    """Who gets a membership that somebody else pays for. Empty where nobody does: whoever sends the form joins."""

    gift_name = LineField(max_length=200, required=False)
    gift_email = EmailField(required=False)
    gift_language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
    gift_address = forms.CharField(max_length=300, required=False)
    gift_town = forms.CharField(max_length=80, required=False)
    gift_postcode = forms.CharField(max_length=16, required=False)
    gift_country = CountryField()

    WRITTEN = ("gift_name", "gift_email", "gift_address", "gift_town", "gift_postcode")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.is_present and not cleaned.get("gift_name") and "gift_name" not in self.errors:
            self.add_error("gift_name", _("Please write the name of whoever gets it."))
        return cleaned

    @property
    def is_present(self) -> bool:
        """Whether anything was written of somebody else, right or wrong."""
        return any(self.data.get(name, "").strip() for name in self.WRITTEN)

    @property
    def recipient(self) -> dict[str, Any]:
        """The answers as ``services.joining.Recipient`` takes them."""
        said = self.cleaned_data
        address = postal_in(said, "gift_")
        return {"name": said["gift_name"], "email": said["gift_email"], "address": address}


class DeclaringForm(forms.Form):
    """Whether tax may be claimed back on what somebody pays; asked where the group claims Gift Aid on dues."""

    gift_aid = forms.BooleanField(required=False)
    tax_given_names = forms.CharField(max_length=120, required=False)
    tax_family_name = forms.CharField(max_length=120, required=False)

    def refuse_what_hmrc_would(self, said: dict[str, Any], *, is_of_one: bool, is_present: bool) -> None:
        """Say what is lacking of a statement, or that none can be made here."""
        if not said.get("gift_aid"):
            return
        if is_of_one or is_present:
            self.add_error("gift_aid", _("Gift Aid is for people who pay for their own membership."))
            return
        donor = Donor(
            said.get("tax_given_names", ""),
            said.get("tax_family_name", ""),
            said.get("address", ""),
            said.get("postcode", ""),
            said.get("country") or HOME,
        )
        refuse_what_is_lacking(self, donor, prefix="tax_")

    @property
    def declared_names(self) -> dict[str, str]:
        said = self.cleaned_data
        return {"given_names": said["tax_given_names"], "family_name": said["tax_family_name"]}


class JoinForm(PresentForm, DeclaringForm, AddressForm):
    """The join page. ``plans`` are those offered, by their code; ``methods`` those that somebody here takes."""

    key = forms.UUIDField()
    website = forms.CharField(required=False)  # nobody sees it: only a program fills it in
    plan = forms.ChoiceField(error_messages={"required": _("Please choose a plan.")})
    method = forms.ChoiceField(error_messages={"required": _("Please choose how you pay.")})
    renews = forms.BooleanField(required=False)
    name = LineField(max_length=200, error_messages={"required": _("Please write your name.")})
    others = forms.CharField(max_length=5000, required=False)
    email = EmailField(error_messages={"required": _("Please write your e-mail address.")})
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
    mail = forms.MultipleChoiceField(choices=[(purpose, purpose) for purpose in MAIL], required=False)

    def __init__(
        self,
        *args: Any,
        plans: Mapping[str, Plan],
        methods: tuple[str, ...],
        asks_gift_aid: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.plans, self.asks_gift_aid = plans, asks_gift_aid
        offer(self, "plan", plans)
        offer(self, "method", methods)

    def clean_others(self) -> tuple[str, ...]:
        lines = (line.strip()[:200] for line in self.cleaned_data["others"].splitlines())
        return tuple(line for line in lines if line)[:OTHERS_AT_MOST]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        plan = self.plans.get(cleaned.get("plan", ""))
        if plan and "method" in cleaned and not plan.allows(cleaned["method"]):
            self.add_error("method", _("This plan is not paid in that way. Please choose another."))
        if plan and 1 + len(cleaned.get("others", ())) > plan.people_at_most:
            self.add_error("others", _too_many(plan))
        if self.asks_gift_aid:
            is_of_one = bool(plan and plan.kind == Plan.Kind.ORGANISATION)
            self.refuse_what_hmrc_would(cleaned, is_of_one=is_of_one, is_present=self.is_present)
        return cleaned

    @property
    def is_by_a_program(self) -> bool:
        return bool(self.data.get("website"))

    @property
    def wordings(self) -> dict[str, str]:
        """The mail that was ticked, with the words that were read."""
        return {purpose: wording_of(purpose) for purpose in self.cleaned_data["mail"]}


def _too_many(plan: Plan) -> forms.ValidationError:
    if plan.people_at_most == 1:
        return forms.ValidationError(_("This plan is for one person."))
    return forms.ValidationError(
        _("This plan is for %(number)s people at most, you included."), params={"number": plan.people_at_most}
    )


# --- the member's own page


class SignInForm(forms.Form):
    email = EmailField(error_messages={"required": _("Please write your e-mail address.")})


class ChoiceForm(forms.Form):
    """One of several who read mail at an address."""

    person = forms.IntegerField(min_value=1, max_value=2**62)


class MethodForm(forms.Form):
    """A way to pay; ``key`` makes a double click one payment."""

    key = forms.UUIDField(required=False)
    method = forms.ChoiceField()
    renews = forms.BooleanField(required=False)

    def __init__(self, *args: Any, methods: tuple[str, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "method", methods)


class DetailsForm(AddressForm):
    """What members change of themselves."""

    telephone = forms.CharField(max_length=40, required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES)


class PlanForm(forms.Form):
    """Another plan, by its code."""

    plan = forms.SlugField(max_length=40)


class NewAddressForm(forms.Form):
    """An address to be written to at; ``replaces`` is the number of the one that goes then."""

    email = EmailField(error_messages={"required": _("Please write your e-mail address.")})
    replaces = forms.IntegerField(min_value=1, max_value=2**62, required=False)


class NameForm(forms.Form):
    """Somebody to be added by name, or to be taken out by number."""

    name = LineField(max_length=200, required=False)
    take_out = forms.IntegerField(min_value=1, max_value=2**62, required=False)
