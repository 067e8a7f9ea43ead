"""Which pieces can editors put on the front page?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pututu.shell.blocks import LINE_FEATURES, TextBlock


class LeadBlock(blocks.StructBlock):
    """The story that leads; without a choice, the newest one."""

    page = blocks.PageChooserBlock(page_type="pages.BasePage", required=False, label=_("story"))

    class Meta:
        icon = "pick"
        label = _("Lead story")


class StreamOfKindBlock(blocks.StructBlock):
    """The newest news, articles or publications."""

    title = blocks.CharBlock(required=False, label=_("title"))
    kind = blocks.ChoiceBlock(
        choices=[("news", _("News")), ("article", _("Articles")), ("publication", _("Publications"))],
        default="news",
        label=_("kind"),
    )
    length = blocks.IntegerBlock(min_value=1, max_value=12, default=5, label=_("how many"))

    class Meta:
        icon = "list-ul"
        label = _("Newest of a kind")


class EventsBlock(blocks.StructBlock):
    length = blocks.IntegerBlock(min_value=1, max_value=8, default=3, label=_("how many"))

    class Meta:
        icon = "date"
        label = _("Next events")


class PagesBlock(blocks.StructBlock):
    """Chosen pages, as a row of briefs: the aims, the key issues."""

    title = blocks.CharBlock(label=_("title"))
    pages = blocks.ListBlock(blocks.PageChooserBlock(), min_num=1, label=_("pages"))

    class Meta:
        icon = "doc-empty"
        label = _("Chosen pages")


class InvitationBlock(blocks.StructBlock):
    """An invitation to join, in the group's own words."""

    title = blocks.CharBlock(label=_("title"))
    text = TextBlock(features=LINE_FEATURES, label=_("text"))
    page = blocks.PageChooserBlock(required=False, label=_("page to go to"))
    link_text = blocks.CharBlock(required=False, label=_("words of the link"))

    class Meta:
        icon = "user"
        label = _("Join")


class SearchBlock(blocks.StaticBlock):
    class Meta:
        icon = "search"
        label = _("Search")


class FrontBlock(blocks.StreamBlock):
    """The front page, piece by piece; the newest stories fill in for what editors have not chosen."""

    lead = LeadBlock()
    stream = StreamOfKindBlock()
    events = EventsBlock()
    pages = PagesBlock()
    invitation = InvitationBlock()
    search = SearchBlock()
