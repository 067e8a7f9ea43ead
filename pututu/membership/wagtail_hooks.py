"""Where do staff find memberships, plans and the rules?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from pututu.accounts.menu import PermittedItem
from pututu.membership.forms.staff import PlanAdminForm
from pututu.membership.models import Plan
from pututu.membership.services.today import SOON, today_in_numbers


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("memberships/", include("pututu.membership.urls"))]


@hooks.register("register_permissions")
def permissions_to_give() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="membership",
        content_type__model__in=["membership", "plan", "membershiprules"],
    )


@hooks.register("register_admin_menu_item")
def memberships_in_the_menu() -> MenuItem:
    label, permission = _("Memberships"), "membership.view_membership"
    return PermittedItem(
        label, reverse("membership:list"), icon_name="user", order=410, permission=permission
    )


@hooks.register("register_reports_menu_item")
def figures_in_the_menu() -> MenuItem:
    label, permission = _("Membership in figures"), "membership.view_membership"
    return PermittedItem(
        label, reverse("membership:figures"), icon_name="group", order=900, permission=permission
    )


@hooks.register("register_reports_menu_item")
def advance_in_the_menu() -> MenuItem:
    label, permission = _("Dues paid in advance"), "giving.view_payment"
    return PermittedItem(
        label, reverse("membership:in-advance"), icon_name="date", order=910, permission=permission
    )


@hooks.register("register_settings_menu_item")
def rules_in_the_menu() -> MenuItem:
    label, permission = _("Rules of membership"), "membership.change_membershiprules"
    return PermittedItem(
        label, reverse("membership:rules"), icon_name="group", order=20, permission=permission
    )


class MembersPanel(Component):
    """What waits for whoever keeps the memberships: each line a list, for those who may open it."""

    name = "members"
    template_name = "people/admin/panel.html"
    order = 110

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        may = parent_context["request"].user.has_perm
        return {"id": "members-today", "title": _("Members today"), "lines": list(_lines_of_members(may))}


def _lines_of_members(may: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    found, members = today_in_numbers(timezone.localdate()), reverse("membership:list")
    words = ngettext("%(n)s joined this month", "%(n)s joined this month", found.joined)
    yield words % {"n": found.joined}, f"{members}?since={found.since}"
    words = ngettext("%(n)s ends within 30 days", "%(n)s end within 30 days", found.ending)
    yield words % {"n": found.ending}, f"{members}?days={SOON}"
    words = ngettext("%(n)s payment bought no term", "%(n)s payments bought no term", found.waiting)
    yield words % {"n": found.waiting}, reverse("membership:waiting")
    if may("membership.change_membership"):
        words = ngettext("%(n)s reminder to be posted", "%(n)s reminders to be posted", found.letters)
        yield words % {"n": found.letters}, reverse("membership:reminders")


@hooks.register("construct_homepage_panels")
def members_on_the_dashboard(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("membership.view_membership"):
        panels.append(MembersPanel())


class PlanViewSet(SnippetViewSet):
    """The plans, with their words in each language."""

    model = Plan
    icon = "list-ul"
    menu_label = _("Membership plans")
    add_to_settings_menu = True
    list_display = ["__str__", "kind", "minor", "currency", "is_offered"]
    edit_handler = ObjectList(
        [
            FieldPanel("slug"),
            InlinePanel(
                "wordings",
                heading=_("In words"),
                min_num=1,
                panels=[FieldPanel(name) for name in ("language", "name", "description")],
            ),
            FieldRowPanel([FieldPanel("price"), FieldPanel("currency")]),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("people_at_most")]),
            MultiFieldPanel(
                [
                    FieldPanel("months", help_text=_("Leave it empty for a fixed year, or for life.")),
                    FieldRowPanel([FieldPanel("year_begins_month"), FieldPanel("year_begins_day")]),
                    FieldRowPanel([FieldPanel("rollover_month"), FieldPanel("rollover_day")]),
                ],
                heading=_("For how long"),
            ),
            FieldPanel("methods"),
            FieldRowPanel([FieldPanel("is_offered"), FieldPanel("order")]),
        ],
        base_form_class=PlanAdminForm,
    )


register_snippet(PlanViewSet)
