"""Where do treasurers find money among the staff screens?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet

from pututu.accounts.menu import PermittedItem
from pututu.giving.models import Payment, ProviderEvent, StatementLine
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


class MoneyPanel(Component):
    """What waits for the treasurer: each line a list, for those who may open it."""

    name = "money"
    template_name = "people/admin/panel.html"
    order = 120

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        may = parent_context["request"].user.has_perm
        return {"id": "money-today", "title": _("Money today"), "lines": list(_lines_of_money(may))}


def _lines_of_money(may: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    if may("giving.view_statementline"):
        n = StatementLine.objects.filter(state=StatementLine.State.WAITING, minor__gt=0).count()
        words = ngettext("%(n)s line of a statement waits", "%(n)s lines of statements wait", n)
        yield words % {"n": n}, reverse("giving:lines")
    if may("giving.view_payment"):
        n = Payment.objects.unassigned().count()
        words = ngettext("%(n)s payment without a use", "%(n)s payments without a use", n)
        yield words % {"n": n}, f"{reverse('giving:payments')}?unassigned=on"
    if may("giving.view_providerevent"):
        n = ProviderEvent.objects.filter(handled_at=None).count()
        words = ngettext("%(n)s message of a provider failed", "%(n)s messages of providers failed", n)
        yield words % {"n": n}, f"{reverse('giving:events')}?show=failed"


@hooks.register("construct_homepage_panels")
def money_on_the_dashboard(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("giving.view_payment"):
        panels.append(MoneyPanel())


@hooks.register("register_admin_menu_item")
def money_in_the_menu() -> MenuItem:
    entries = [
        PermittedItem(
            label, reverse(address), icon_name=icon, order=number, permission=f"giving.{permission}"
        )
        for number, (label, address, permission, icon) in enumerate(SCREENS)
    ]
    return SubmenuMenuItem(_("Money"), Menu(items=entries), icon_name="pick", order=420)
