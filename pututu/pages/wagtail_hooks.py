"""Where do staff find the lists of pages, and what does the dashboard say is waiting?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Locale
from wagtail.permissions import page_permission_policy

from pututu.pages.board import waiting
from pututu.pages.models import BasePage


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("", include("pututu.pages.urls"))]


@hooks.register("register_admin_menu_item")
def board_in_the_menu() -> MenuItem:
    return MenuItem(_("Translations"), reverse("pages:translation-board"), icon_name="globe", order=350)


@hooks.register("register_reports_menu_item")
def drafts_in_the_menu() -> MenuItem:
    label = _("Changes that are not public")
    return MenuItem(label, reverse("pages:drafts-report"), icon_name="doc-empty", order=990)


@hooks.register("register_reports_menu_item")
def undated_in_the_menu() -> MenuItem:
    return MenuItem(
        _("Pages without a sure date"), reverse("pages:undated-report"), icon_name="date", order=1000
    )


@hooks.register("register_reports_menu_item")
def unexplained_in_the_menu() -> MenuItem:
    return MenuItem(
        _("Dates without evidence"), reverse("pages:unexplained-report"), icon_name="help", order=1010
    )


@hooks.register("register_log_actions")
def words_for_the_log(actions: LogActionRegistry) -> None:
    actions.register_action(
        "pages.translation_current", _("Translation checked"), _("Translation is in line with its original")
    )
    actions.register_action(
        "pages.translation_declined", _("Translation declined"), _("No translation is meant")
    )
    actions.register_action(
        "pages.translation_resumed", _("Translation wanted"), _("A translation is wanted again")
    )


class WaitingPanel(Component):
    """What waits for somebody: drafts, translations, dates."""

    name = "waiting"
    template_name = "pages/admin/waiting.html"
    order = 150

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        pages = BasePage.objects
        return {
            "drafts": pages.filter(has_unpublished_changes=True).count(),
            "translations": waiting(Locale.objects.all()).count(),
            "undated": pages.live().undated().exclude(kind="background").count(),
            "unexplained": pages.live().vaguely_dated().filter(date_evidence__isnull=True).count(),
        }


@hooks.register("construct_homepage_panels")
def waiting_on_the_dashboard(request: HttpRequest, panels: list[Component]) -> None:
    """For those who have pages to see to; a treasurer or membership secretary has none."""
    if page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"}):
        panels.append(WaitingPanel())
