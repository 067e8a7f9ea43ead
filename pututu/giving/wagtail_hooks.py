"""Where do treasurers find money among the staff screens?"""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.viewsets.base import ViewSet

from pututu.accounts.menu import PermittedItem
from pututu.giving.viewsets import BankAccountViewSet, FundViewSet

SCREENS = [
    (_("Add a payment"), "giving:take", "add_payment", "plus"),
    (_("Payments"), "giving:payments", "view_payment", "list-ul"),
    (_("Money that comes again"), "giving:regular-gifts", "view_payment", "rotate"),
    (_("Statements"), "giving:statements", "add_statement", "upload"),
    (_("Lines that wait"), "giving:lines", "view_statementline", "help"),
    (_("Gift Aid"), "giving:gift-aid", "view_claim", "tick-inverse"),
    (_("The year’s income"), "giving:year", "view_payment", "table"),
    (_("Messages of providers"), "giving:events", "view_providerevent", "mail"),
    (_("Bank accounts"), "bank_accounts:index", "change_bankaccount", "form"),
    (_("Funds"), "funds:index", "change_fund", "tag"),
]


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("", include("pututu.giving.urls"))]


@hooks.register("register_permissions")
def permissions_of_money() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="giving",
        content_type__model__in=[
            "payment",
            "refund",
            "statement",
            "statementline",
            "providerevent",
            "claim",
            "declaration",
        ],
    )


@hooks.register("register_admin_viewset")
def accounts_and_funds() -> list[ViewSet]:
    return [BankAccountViewSet(), FundViewSet()]


@hooks.register("register_admin_menu_item")
def money_in_the_menu() -> MenuItem:
    entries = [
        PermittedItem(
            label, reverse(address), icon_name=icon, order=number, permission=f"giving.{permission}"
        )
        for number, (label, address, permission, icon) in enumerate(SCREENS)
    ]
    return SubmenuMenuItem(_("Money"), Menu(items=entries), icon_name="pick", order=420)
