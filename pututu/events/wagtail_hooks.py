"""Where do staff keep venues?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from pututu.events.models import Venue


class VenueViewSet(SnippetViewSet):
    """The venues, by name, each with where it is used."""

    model = Venue
    icon = "site"
    menu_label = _("Venues")
    add_to_admin_menu = False
    list_display = ["name", "address"]
    search_fields = ["name", "address"]
    panels = [FieldPanel("name"), FieldPanel("address"), FieldPanel("note"), FieldPanel("url")]


register_snippet(VenueViewSet)
