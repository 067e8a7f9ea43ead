"""Where do staff find bulletins?"""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from pututu.accounts.menu import PermittedItem
from pututu.bulletins.forms import SeriesForm
from pututu.bulletins.models import Series


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("bulletins/", include("pututu.bulletins.urls"))]


@hooks.register("register_permissions")
def permissions_to_give() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="bulletins", content_type__model__in=["issue", "series", "delivery"]
    )


@hooks.register("register_admin_menu_item")
def bulletins_in_the_menu() -> MenuItem:
    return PermittedItem(
        _("Bulletins"),
        reverse("bulletins:index"),
        icon_name="mail",
        order=400,
        permission="bulletins.view_issue",
    )


class SeriesViewSet(SnippetViewSet):
    """The series, with their words in each language."""

    model = Series
    icon = "mail"
    menu_label = _("Series of bulletins")
    add_to_settings_menu = True
    list_display = ["__str__", "purpose", "sender_address", "is_offered"]
    edit_handler = ObjectList(
        [
            FieldPanel("slug"),
            InlinePanel(
                "wordings",
                heading=_("In words"),
                min_num=1,
                panels=[FieldPanel(name) for name in ("language", "name", "description")],
            ),
            FieldPanel("purpose"),
            FieldPanel("segment"),
            FieldPanel("languages"),
            FieldRowPanel([FieldPanel("sender_name"), FieldPanel("sender_address")]),
            FieldPanel("reply_to"),
            FieldPanel("needs_approval"),
            FieldPanel("is_offered"),
            FieldPanel("is_public"),
        ],
        base_form_class=SeriesForm,
    )


register_snippet(SeriesViewSet)
