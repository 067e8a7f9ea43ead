"""Where does staff of the demonstration find its post?"""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from pututu.operations.outbox import views


class DemonstrationItem(MenuItem):
    """An entry that only the demonstration has."""

    def is_shown(self, request: object) -> bool:
        return bool(settings.IS_DEMO)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("outbox/", views.outbox, name="outbox"),
        path("outbox/<slug:name>/", views.letter, name="outbox-letter"),
        path("outbox/<slug:name>/page/", views.page, name="outbox-page"),
    ]


@hooks.register("register_admin_menu_item")
def outbox_in_the_menu() -> MenuItem:
    return DemonstrationItem(_("Outbox"), reverse("outbox"), icon_name="mail", order=405)
