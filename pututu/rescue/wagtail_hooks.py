"""Where do staff find what came from the old site?"""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from pututu.accounts.menu import PermittedItem


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("old-site/", include("pututu.rescue.urls"))]


@hooks.register("register_permissions")
def permissions_to_give() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="rescue", codename="settle_items")


@hooks.register("register_admin_menu_item")
def old_site_in_the_menu() -> MenuItem:
    return PermittedItem(
        _("Old site"),
        reverse("rescue:index"),
        icon_name="history",
        order=450,
        permission="rescue.settle_items",
    )


@hooks.register("register_log_actions")
def words_for_the_log(actions: LogActionRegistry) -> None:
    actions.register_action("rescue.settled", _("Settle an old item"), _("Item of the old site settled"))
    actions.register_action("rescue.undone", _("Undo a decision"), _("Decision about an old item undone"))
