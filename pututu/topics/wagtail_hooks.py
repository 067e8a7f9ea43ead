"""Where do staff keep the topics and places?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from pututu.topics.models import Place, Topic


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["__str__", "slug"]


class PlaceViewSet(SnippetViewSet):
    model = Place
    icon = "site"
    list_display = ["__str__", "slug"]


@register_snippet
class LabelsViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Topics and places")
    menu_icon = "tag"
    items = (TopicViewSet, PlaceViewSet)
