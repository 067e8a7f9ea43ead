"""Where do treasurers find money among the staff screens?"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.viewsets.base import ViewSet

from pututu.giving.viewsets import BankAccountViewSet, FundViewSet

SCREENS = [
    (_("Add a payment"), "giving:take", "add_payment", "plus"),
    (_("Payments"), "giving:payments", "view_payment", "list-ul"),
    (_("Statements"), "giving:statements", "add_statement", "upload"),
    (_("Lines that wait"), "giving:lines", "view_statementline", "help"),
    (_("Gift Aid"), "giving:gift-aid", "view_claim", "tick-inverse"),
    (_("The year’s income"), "giving:year", "view_payment", "table"),
    (_("Messages of providers"), "giving:events", "view_providerevent", "mail"),
    (_("Bank accounts"), "bank_accounts:index", "change_bankaccount", "form"),
    (_("Funds"), "funds:index", "change_fund", "tag"),
]


class MoneyMenuItem(MenuItem):
    """An entry that only those see who may open it."""

    def __init__(self, label: Any, address: str, *, permission: str, icon: str, order: int) -> None:
        super().__init__(label, address, icon_name=icon, order=order)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"giving.{self.permission}")


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
        MoneyMenuItem(label, reverse(address), permission=permission, icon=icon, order=number)
        for number, (label, address, permission, icon) in enumerate(SCREENS)
    ]
    return SubmenuMenuItem(_("Money"), Menu(items=entries), icon_name="pick", order=420)
