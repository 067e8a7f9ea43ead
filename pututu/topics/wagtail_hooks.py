"""Where do staff keep the topics and places?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from pututu.topics.models import Place, Topic


class LabelViewSet(SnippetViewSet):
    """What the screens of topics and of places share."""

    list_display = ["__str__", "slug"]
    delete_template_name = "topics/admin/delete.html"


class TopicViewSet(LabelViewSet):
    model = Topic
    icon = "tag"


class PlaceViewSet(LabelViewSet):
    model = Place
    icon = "site"


@register_snippet
class LabelsViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Topics and places")
    menu_icon = "tag"
    items = (TopicViewSet, PlaceViewSet)
