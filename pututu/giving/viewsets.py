"""Which screens keep our accounts and funds?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from pututu.giving.models import BankAccount, Fund


class BankAccountViewSet(ModelViewSet):
    model = BankAccount
    name = "bank_accounts"
    url_prefix = "money/accounts"
    icon = "form"
    menu_label = _("Bank accounts")
    form_fields = ["name", "currency"]
    list_display = ["name", "currency"]
    inspect_view_enabled = False
    copy_view_enabled = False


class FundViewSet(ModelViewSet):
    model = Fund
    name = "funds"
    url_prefix = "money/funds"
    icon = "tag"
    menu_label = _("Funds")
    form_fields = ["slug", "name", "is_restricted", "is_open"]
    list_display = ["name", "is_restricted", "is_open"]
    copy_view_enabled = False
