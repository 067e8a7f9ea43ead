"""What is asked of somebody who gives, and of who declares Gift Aid?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pututu.giving.models import Fund, Method, RegularGift
from pututu.giving.rules.gift_aid import HOME, Donor, what_is_lacking
from pututu.lib.money import Money, MoneyError, read_money
from pututu.people.forms import EmailField
from pututu.shell.forms import CountryField, LineField

OTHER = "other"
LEAST, MOST = 100, 10_000_000  # in minor units
REGULAR = (Method.CARD, Method.DIRECT_DEBIT, Method.STANDING_ORDER)
ONCE = (Method.CARD, Method.DIRECT_DEBIT, Method.BANK_TRANSFER, Method.CHEQUE)
OFTEN = {"once": 0, "monthly": int(RegularGift.Every.MONTH), "yearly": int(RegularGift.Every.YEAR)}


class OwnAmountField(forms.CharField):
    """An amount that somebody wrote; an empty one is None."""

    def __init__(self, *, currency: str = "GBP", **options: Any) -> None:
        super().__init__(max_length=20, **options)
        self.currency = currency

    def clean(self, value: Any) -> Money | None:
        text = super().clean(value)
        try:
            amount = read_money(text, self.currency) if text else None
        except MoneyError as error:
            raise forms.ValidationError(
                _("“%(text)s” is no amount; it looks like 25 or 25.50."), params={"text": text[:20]}
            ) from error
        if amount and not LEAST <= amount.minor <= MOST:
            raise forms.ValidationError(_("So little or so much can’t be given here. Please write to us."))
        return amount


class GiftAidAnswer(forms.Form):
    """A Gift Aid declaration, where the box is ticked: HMRC wants names and a home address."""

    gift_aid = forms.BooleanField(required=False)
    given_names = forms.CharField(max_length=120, required=False)
    family_name = forms.CharField(max_length=120, required=False)
    home_address = forms.CharField(max_length=300, required=False)
    home_postcode = forms.CharField(max_length=16, required=False)
    home_country = CountryField()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("gift_aid") and what_is_lacking(self.donor_in(said)):
            self.add_error(
                "gift_aid",
                _("For Gift Aid we need your first and last name, your home address and postcode."),
            )
        return said

    @staticmethod
    def donor_in(said: Mapping[str, Any]) -> Donor:
        return Donor(
            said.get("given_names", ""),
            said.get("family_name", ""),
            said.get("home_address", ""),
            said.get("home_postcode", ""),
            said.get("home_country") or HOME,
        )


class GiveForm(GiftAidAnswer):
    """The gift page: how much, how often, by which way, and who."""

    key = forms.UUIDField()
    website = forms.CharField(required=False)  # nobody sees it: only a program fills it in
    often = forms.ChoiceField(choices=[(each, each) for each in OFTEN])
    amount = forms.CharField(required=False)
    own = OwnAmountField(required=False)
    fund = forms.ModelChoiceField(Fund.objects.filter(is_open=True), required=False)
    method = forms.ChoiceField(error_messages={"required": _("Please choose how you pay.")})
    name = LineField(max_length=200, error_messages={"required": _("Please write your name.")})
    email = EmailField(error_messages={"required": _("Please write your e-mail address.")})

    def __init__(
        self, *args: Any, proposals: Iterable[Money], currency: str, methods: Iterable[str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.proposals = {str(each.minor): each for each in proposals}
        own, method = self.fields["own"], self.fields["method"]
        assert isinstance(own, OwnAmountField), "it is declared as one"
        assert isinstance(method, forms.ChoiceField), "it is declared as one"
        own.currency = currency
        method.choices = [(each, each) for each in methods]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        said["money"] = said.get("own") or self.proposals.get(said.get("amount", ""))
        if not said["money"] and "own" not in self.errors:
            self.add_error("own", _("Please say how much."))
        said["months"] = OFTEN.get(said.get("often", ""), 0)
        allowed = REGULAR if said["months"] else ONCE
        if said.get("method") and said["method"] not in allowed:
            self.add_error("method", _("That way to pay is not for this. Please choose another."))
        return said

    @property
    def is_by_a_program(self) -> bool:
        return bool(self.data.get("website"))

    @property
    def donor(self) -> Donor | None:
        """Who declared Gift Aid, or None."""
        said = self.cleaned_data
        return self.donor_in(said) if said.get("gift_aid") else None
