"""What is asked of staff who decide about a membership?"""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from pututu.giving.models import Method
from pututu.lib.money import MoneyError, read_money
from pututu.lib.references import find_references
from pututu.membership.models import MembershipRules, Plan
from pututu.membership.rendering.pages import STATUS_WORDS
from pututu.membership.rules import ALL_MEMBERS, Status
from pututu.people.models import Person

STATUSES = [(str(each), STATUS_WORDS[each]) for each in Status]


SOUGHT = [(ALL_MEMBERS, _("all members")), *STATUSES]


class SearchForm(forms.Form):
    """The filters of the list."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    status = forms.ChoiceField(label=_("Status"), choices=[("", "—"), *SOUGHT], required=False)
    plan = forms.ModelChoiceField(Plan.objects.all(), label=_("Plan"), required=False, to_field_name="slug")
    days = forms.IntegerField(label=_("Ends within days"), min_value=0, max_value=3660, required=False)
    since = forms.DateField(
        label=_("Applied since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def kept(self) -> dict[str, str]:
        """The filters that may be saved: what can be read, but never words that may be a name."""
        if not self.is_valid():
            return {}
        return {name: self.data[name] for name in ("status", "plan", "days", "since") if self.data.get(name)}


class ActForm(forms.Form):
    """An act of staff; ``key`` makes a double click one act."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["key"].initial = uuid.uuid4()


def _today() -> Any:
    return timezone.localdate()


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, initial=_today, widget=AdminDateInput)


class EndForm(ActForm):
    status = forms.ChoiceField(
        label=_("What happened"),
        choices=[(each, words) for each, words in STATUSES if each in ("resigned", "expelled")],
    )
    on = day_field(_("With effect from"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class OverrideForm(ActForm):
    status = forms.ChoiceField(label=_("Status"), choices=STATUSES)
    first = day_field(_("From"))
    last = day_field(_("To"))
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["last"] < cleaned["first"]:
            self.add_error("last", _("This is before the beginning."))
        return cleaned


class GrantForm(ActForm):
    on = day_field(_("From, where nothing is paid for"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ChangePlanForm(forms.Form):
    plan = forms.ModelChoiceField(Plan.objects.all(), label=_("Plan"))


class PeopleForm(forms.Form):
    """Somebody who belongs too, by name."""

    name = forms.CharField(label=_("Name"), max_length=200)


class TakeOutForm(forms.Form):
    take_out = forms.IntegerField(min_value=1, max_value=2**62)


class ApplyForm(ActForm):
    """A membership that staff write down for somebody, as from a paper form."""

    plan = forms.ModelChoiceField(Plan.objects.all(), label=_("Plan"))
    method = forms.ChoiceField(label=_("Pays by"), choices=Method.choices)
    on = day_field(_("Applied on"))
    others = forms.CharField(
        label=_("The others"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=5000
    )

    giver = forms.CharField(
        label=_("A present from"),
        required=False,
        max_length=20,
        help_text=_("Their payment reference, where somebody else pays for it. Else leave it empty."),
    )

    def clean_giver(self) -> Person | None:
        said = self.cleaned_data["giver"]
        codes = find_references(said)
        found = Person.objects.known().filter(reference__in=codes).first() if codes else None
        if said.strip() and found is None:
            raise forms.ValidationError(_("Nobody has this payment reference."))
        return found

    @property
    def names(self) -> list[str]:
        return [line.strip()[:200] for line in self.cleaned_data["others"].splitlines() if line.strip()]


class RulesForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own takes none
    class Meta:
        model = MembershipRules
        fields = ["grace_days", "early_days", "renewal_days", "reminder_days"]


class PlanAdminForm(WagtailAdminModelForm):
    """A plan: its price as people write it, and the ways to pay as boxes."""

    price = forms.CharField(label=_("Price"), max_length=20, help_text=_("Like 36 or 36.50."))
    methods = forms.MultipleChoiceField(
        label=_("Ways to pay"),
        choices=Method.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Tick none to allow all that can be taken here."),
    )

    class Meta:
        fields = "__all__"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["price"] = self.instance.price.plain()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            money = read_money(cleaned.get("price", ""), cleaned.get("currency") or "GBP")
        except MoneyError as problem:
            self.add_error("price", problem.told(gettext))
        else:
            self.instance.minor = money.minor
            if money.minor < 0:
                self.add_error("price", _("A price is not below nothing."))
        return cleaned
