"""What is a treasurer asked, and what is no answer?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pututu.giving.models import BankAccount, Method, Payment, Purpose
from pututu.giving.rules.lines import MAX_BYTES
from pututu.giving.rules.tables import Columns, Table
from pututu.lib.money import Money, MoneyError, read_money


class UploadForm(forms.Form):
    """A statement file for one of our accounts."""

    account = forms.ModelChoiceField(BankAccount.objects.all(), label=_("Account"), empty_label=None)
    file = forms.FileField(
        label=_("Statement file"), help_text=_("CSV, OFX or CAMT.053, as your bank's website gives it.")
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is bigger than 10 MB: download a shorter span of time."))
        return file


class ColumnsForm(forms.Form):
    """Which column of a bank's file is what."""

    date = forms.ChoiceField(label=_("Day"))
    day_first = forms.ChoiceField(
        label=_("03/04 means"), choices=[("day", _("3 April")), ("month", _("4 March"))]
    )
    amount = forms.ChoiceField(label=_("Amount, with a minus when money went out"), required=False)
    paid_in = forms.ChoiceField(label=_("Or: money in"), required=False)
    paid_out = forms.ChoiceField(label=_("and money out"), required=False)
    text = forms.MultipleChoiceField(
        label=_("What the bank wrote"), widget=forms.CheckboxSelectMultiple, required=False
    )
    payer = forms.ChoiceField(label=_("The payer's name, if it has a column of its own"), required=False)

    def __init__(self, table: Table, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        headings = [(name, name) for name in table.headings]
        for name in ("date", "amount", "paid_in", "paid_out", "payer", "text"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField), "all of these are lists of headings"
            field.choices = headings if name in ("date", "text") else [("", "—"), *headings]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and bool(found["amount"]) == bool(found["paid_in"]):
            raise forms.ValidationError(_("Choose one column with the amount, or two with money in and out."))
        return found

    @property
    def columns(self) -> Columns:
        found = self.cleaned_data
        return Columns(**{**found, "text": tuple(found["text"]), "day_first": found["day_first"] == "day"})


class AmountField(forms.CharField):
    """An amount as people write it; ``currency`` is set by the form."""

    currency = "GBP"

    def clean(self, value: Any) -> Money | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            found = read_money(text, self.currency)
        except MoneyError as error:
            raise forms.ValidationError(error.told(gettext)) from error
        if found.minor <= 0:
            raise forms.ValidationError(_("The amount must be above nothing."))
        return found


def amount_of(form: forms.Form) -> AmountField:
    """The field of a form in which an amount is typed."""
    field = form.fields["amount"]
    assert isinstance(field, AmountField), "every form that asks for an amount names it so"
    return field


class BookForm(forms.Form):
    """What a statement line is booked to. ``key`` makes a double click one."""

    choice = forms.CharField(max_length=80)
    amount = AmountField(required=False)
    key = forms.CharField(max_length=40)
    remember = forms.BooleanField(required=False)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amount_of(self).currency = currency


class TakeForm(forms.Form):
    """Money that somebody handed in or sent by post."""

    choice = forms.CharField(max_length=80, widget=forms.HiddenInput)
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
    amount = AmountField(label=_("Amount"))
    method = forms.ChoiceField(
        label=_("Method"),
        choices=[
            choice
            for choice in Method.choices
            if choice[0] in (Method.CHEQUE, Method.CASH, Method.BANK_TRANSFER, Method.STANDING_ORDER)
        ],
    )
    received_on = forms.DateField(
        label=_("Received on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amount_of(self).currency = currency

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Money cannot have come on a day that is still to come."))
        return day


class ReasonForm(forms.Form):
    """Why something is taken back, set aside or given up."""

    reason = forms.CharField(label=_("Why"), max_length=300)


class RefundForm(forms.Form):
    """Money that goes back."""

    amount = AmountField(label=_("Amount"))
    reason = forms.CharField(label=_("Why"), max_length=300)
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amount_of(self).currency = currency


class FilterForm(forms.Form):
    """Which payments are shown."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All states")), *Payment.State.choices]
    )
    method = forms.ChoiceField(
        label=_("Method"), required=False, choices=[("", _("All methods")), *Method.choices]
    )
    purpose = forms.ChoiceField(
        label=_("For"), required=False, choices=[("", _("Anything")), *Purpose.choices]
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    unassigned = forms.BooleanField(label=_("Only money of which nobody has said the use"), required=False)


class YearForm(forms.Form):
    """The month that a group's year begins with."""

    year = forms.IntegerField(label=_("Year"), min_value=1970, max_value=2200)
    month = forms.IntegerField(label=_("First month"), min_value=1, max_value=12)
