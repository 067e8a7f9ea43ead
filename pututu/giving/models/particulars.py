"""What does the group tell those who pay without a provider?"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


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

    class Meta:
        verbose_name = _("how to pay")
