"""Which pieces can the body of any page be made of?"""

from __future__ import annotations

from typing import Any

import nh3
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "superscript", "subscript", "lang"]
LINE_FEATURES = ["bold", "italic", "link"]
ALLOWED_TAGS = {"a", "b", "br", "em", "embed", "h2", "h3", "i", "li", "ol", "p", "span", "strong", "sub", "sup", "ul"}
ALLOWED_ATTRIBUTES = {"a": {"href", "id", "linktype", "lang"}, "p": {"data-block-key"}, "h2": {"data-block-key", "id"},
                      "h3": {"data-block-key", "id"}, "li": {"data-block-key"}, "span": {"lang"}, "i": {"lang"}}


def sanitise(html: str) -> str:
    """Return ``html`` with only the tags and attributes that a story may have; scripts, styles and events go."""
    return nh3.clean(html, tags=ALLOWED_TAGS, attributes=ALLOWED_ATTRIBUTES, link_rel=None,
                     url_schemes={"http", "https", "mailto", "tel"})


class TextBlock(blocks.RichTextBlock):
    """Running text. Whatever is pasted into it is sanitised before it is kept."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        return RichText(sanitise(cleaned.source)) if cleaned else cleaned

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "shell/blocks/text.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("quotation"))
    speaker = blocks.CharBlock(label=_("who said it, when"), required=False)
    language = blocks.CharBlock(label=_("language, if another"), required=False, max_length=10)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "shell/blocks/quote.html"


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), required=False, help_text=_("Empty: the picture's own."))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "shell/blocks/image.html"


class GalleryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), required=False)
    images = blocks.ListBlock(ImageBlock(), min_num=2, label=_("pictures"))

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "shell/blocks/gallery.html"


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("document"))
    text = blocks.CharBlock(label=_("what it is"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "shell/blocks/document.html"


class EmbedBlock(blocks.StructBlock):
    """A film or recording elsewhere, as a link: nothing is loaded from a third party before the reader clicks."""

    url = blocks.URLBlock(label=_("address"))
    title = blocks.CharBlock(label=_("what one will see or hear"))
    length = blocks.CharBlock(label=_("length"), required=False, help_text=_("For example: 12 minutes."))

    class Meta:
        icon = "media"
        label = _("Film or sound elsewhere")
        template = "shell/blocks/embed.html"


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("what the table shows"))
    table = TypedTableBlock([("text", blocks.CharBlock(required=False)), ("number", blocks.CharBlock(required=False))])
    note = blocks.CharBlock(label=_("note"), required=False)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "shell/blocks/table.html"


class ChartBlock(blocks.StructBlock):
    """A chart drawn on the server from a small table, which is printed under it."""

    title = blocks.CharBlock(label=_("what the chart shows"))
    kind = blocks.ChoiceBlock(choices=[("line", _("lines")), ("bar", _("bars"))], default="line", label=_("kind"))
    unit = blocks.CharBlock(label=_("unit"), help_text=_("For example: hectares."))
    table = blocks.TextBlock(
        label=_("table"),
        help_text=_("One line a row, cells parted by |. The first row names the columns, the first cell of each row "
                    "the series: “| 2011 | 2012” then “Peru | 62500 | 60400”. Leave a cell empty when it is not known."),
    )
    scale_from = blocks.DecimalBlock(label=_("scale begins at"), required=False, help_text=_("Empty: at nought."))
    note = blocks.CharBlock(label=_("note"), required=False)

    class Meta:
        icon = "history"
        label = _("Chart")
        template = "shell/blocks/chart.html"


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    text = TextBlock(features=LINE_FEATURES)

    class Meta:
        icon = "warning"
        label = _("Call-out")
        template = "shell/blocks/callout.html"


class RelatedBlock(blocks.StructBlock):
    pages = blocks.ListBlock(blocks.PageChooserBlock(page_type="pages.BasePage"), label=_("pages"))

    class Meta:
        icon = "link"
        label = _("Related")
        template = "shell/blocks/related.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a page: the pieces in the order in which they are read."""

    text = TextBlock()
    quote = QuoteBlock()
    image = ImageBlock()
    gallery = GalleryBlock()
    document = DocumentBlock()
    embed = EmbedBlock()
    table = TableBlock()
    chart = ChartBlock()
    callout = CalloutBlock()
    related = RelatedBlock()

    class Meta:
        block_counts: dict[str, Any] = {}
