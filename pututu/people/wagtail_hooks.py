"""Where do staff find the records of people?"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from pututu.accounts.menu import PermittedItem


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("people/", include("pututu.people.urls"))]


@hooks.register("register_permissions")
def permissions_to_give() -> Any:
    return Permission.objects.filter(content_type__app_label="people")


@hooks.register("register_admin_menu_item")
def people_in_the_menu() -> MenuItem:
    return PermittedItem(
        _("People"), reverse("people:list"), icon_name="group", order=400, permission="people.view_person"
    )


@hooks.register("register_reports_menu_item")
def log_in_the_menu() -> MenuItem:
    return PermittedItem(
        _("Who saw which record"),
        reverse("people:log"),
        icon_name="view",
        order=1100,
        permission="people.view_accessrecord",
    )
