"""What does the group tell those who pay without a provider?"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from pututu.lib.money import Money, decimals


def validate_amounts(text: str) -> None:
    """Refuse what is no list of whole amounts above nothing."""
    if not all(each.strip().isdecimal() and int(each) for each in text.split(",") if each.strip()):
        raise ValidationError(_("Write whole numbers with commas, like 10, 25, 50."))


@register_setting(icon="form", order=21)
class GivingSettings(BaseGenericSetting):
    """Where money goes that comes by transfer, standing order or post. What is empty is not shown."""

    account_name = models.CharField(_("name of the account"), max_length=70, blank=True)
    sort_code = models.CharField(_("sort code"), max_length=8, blank=True)
    account_number = models.CharField(_("account number"), max_length=12, blank=True)
    iban = models.CharField(
        _("IBAN"), max_length=42, blank=True, help_text=_("For those who pay from other countries.")
    )
    bic = models.CharField(_("BIC"), max_length=11, blank=True)
    cheques_payable_to = models.CharField(_("cheques payable to"), max_length=120, blank=True)
    cheques_to_address = models.TextField(_("postal address for cheques"), blank=True)

    gift_currency = models.CharField(
        _("currency of gifts"), max_length=3, default="GBP", validators=[RegexValidator("^[A-Z]{3}$")]
    )
    gift_amounts = models.CharField(
        _("amounts that the gift page proposes"),
        max_length=60,
        default="10, 25, 50",
        blank=True,
        validators=[validate_amounts],
        help_text=_("Whole amounts with commas, like 10, 25, 50. Readers can always write another one."),
    )

    @property
    def proposals(self) -> list[Money]:
        """The amounts that are proposed."""
        whole = (int(each) for each in self.gift_amounts.split(",") if each.strip())
        return [Money(each * 10 ** decimals(self.gift_currency), self.gift_currency) for each in whole]

    class Meta:
        verbose_name = _("how to pay")
