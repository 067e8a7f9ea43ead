"""Which pieces can the body of any page be made of?"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText, expand_db_html

from pututu.pages.models import BasePage
from pututu.pages.querysets import open_to_all
from pututu.shell.charts import ChartError, check, read_table
from pututu.shell.drawing import drawn_chart, readable_size
from pututu.shell.headings import with_heading_ids

PASSAGE_LANGUAGES = ("en", "es", "qu", "ay")
TEXT_FEATURES = [
    *("h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "superscript", "subscript"),
    *(f"lang-{language}" for language in PASSAGE_LANGUAGES),
]
LINE_FEATURES = ["bold", "italic", "link"]
POINTER = re.compile(r'<a\b[^>]*\bhref="#s\d+"[^>]*>\s*\d+\s*</a>')  # the number of a source, as a link to it
ALLOWED_TAGS = {
    *("a", "b", "br", "em", "h2", "h3", "i", "li", "ol", "p", "span", "strong", "sub", "sup", "ul"),
}
ALLOWED_ATTRIBUTES = {
    "a": {"href", "id", "linktype", "lang"},
    "h2": {"data-block-key", "id"},
    "h3": {"data-block-key", "id"},
    "i": {"lang"},
    "li": {"data-block-key"},
    "p": {"data-block-key"},
    "span": {"lang"},
}


def sanitise(html: str) -> str:
    """Return ``html`` with the tags and attributes that a story may have; scripts, styles and events go."""
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
    )


class TextBlock(blocks.RichTextBlock):
    """Running text. Whatever comes into it, by whatever way, is sanitised before it is kept."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        return RichText(sanitise(cleaned.source)) if cleaned else cleaned

    def get_prep_value(self, value: Any) -> str:
        return sanitise(super().get_prep_value(value) or "")

    def get_searchable_content(self, value: Any) -> list[str]:
        """The words without the numbers that point to the sources: they are none of the sentence."""
        found: list[str] = super().get_searchable_content(RichText(POINTER.sub("", value.source)))
        return found

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """``html`` is the text as readers get it; each heading has an address of its own on the page."""
        context = super().get_context(value, parent_context=parent_context)
        taken = context.get("heading_ids", {})
        return context | {"html": with_heading_ids(expand_db_html(value.source), taken=taken)}

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
    description = blocks.CharBlock(
        label=_("alternative text in this language"), required=False, help_text=_("Empty: the picture's own.")
    )
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

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return context | {"size": readable_size(value["document"])}

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "shell/blocks/document.html"


class EmbedBlock(blocks.StructBlock):
    """A film or recording elsewhere, as a link: nothing is loaded from there before the reader clicks."""

    url = blocks.URLBlock(label=_("address"))
    title = blocks.CharBlock(label=_("what one will see or hear"))
    length = blocks.CharBlock(label=_("length"), required=False, help_text=_("For example: 12 minutes."))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context=parent_context) | {
            "host": urlsplit(value["url"]).hostname or ""
        }

    class Meta:
        icon = "media"
        label = _("Film or sound elsewhere")
        template = "shell/blocks/embed.html"


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("what the table shows"))
    table = TypedTableBlock(
        [("text", blocks.CharBlock(required=False)), ("number", blocks.CharBlock(required=False))]
    )
    note = blocks.CharBlock(label=_("note"), required=False)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "shell/blocks/table.html"


CHART_REFUSALS = {
    "too-small": _("A chart needs a row of column names and at least one row of numbers, cells parted by |."),
    "no-numbers": _("There is no number in this table."),
    "no-name": _("Row %(row)s has no name in its first cell."),
    "ragged": _("Row %(row)s (%(cell)s) does not have as many cells as there are columns."),
    "not-a-number": _(
        "Row %(row)s: “%(cell)s” is not a number. Write it as in 62500 or 3.4; leave it empty if not known."
    ),
    "one-column": _("A line needs two columns or more. For one column choose bars."),
    "too-many-series": _("More than five lines can't be told apart. Leave some out, or choose bars."),
    "too-many-bars": _("These are too many bars for one chart. Leave some out, or make it a table."),
    "bars-begin-at-nought": _(
        "Bars begin at nought, or their lengths would mislead. Leave this empty, or choose lines."
    ),
    "scale-hides": _("The smallest number is %(cell)s: the scale must begin there or below."),
}
SCALE_ERRORS = {"bars-begin-at-nought", "scale-hides"}


def refusal(error: ChartError) -> str:
    """The sentence that says what is wrong with a chart's table, and where."""
    return CHART_REFUSALS[error.code] % {"row": error.row, "cell": error.cell}


class ChartBlock(blocks.StructBlock):
    """A chart drawn on the server from a small table, which is printed under it."""

    title = blocks.CharBlock(label=_("what the chart shows"))
    kind = blocks.ChoiceBlock(
        choices=[("line", _("lines")), ("bar", _("bars"))], default="line", label=_("kind")
    )
    unit = blocks.CharBlock(label=_("unit"), help_text=_("For example: hectares."))
    table = blocks.TextBlock(
        label=_("table"),
        help_text=_(
            "One line a row, cells parted by |. The first row names the columns, the first cell of each row "
            "the series: “| 2011 | 2012” then “Peru | 62500 | 60400”. Leave a cell empty when it is not "
            "known."
        ),
    )
    scale_from = blocks.DecimalBlock(
        label=_("scale begins at"), required=False, help_text=_("Empty: at nought.")
    )
    note = blocks.CharBlock(label=_("note"), required=False)

    def clean(self, value: Any) -> Any:
        """Refuse, in words that name the row, a table that can't be drawn or would mislead."""
        cleaned = super().clean(value)
        try:
            check(read_table(cleaned["table"]), kind=cleaned["kind"], scale_from=cleaned["scale_from"])
        except ChartError as error:
            field = "scale_from" if error.code in SCALE_ERRORS else "table"
            raise StructBlockValidationError({field: ValidationError(refusal(error))}) from error
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context=parent_context) | {"chart": drawn_chart(value)}

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

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Present the public ones among the chosen pages, in the chosen order."""
        wanted = [page.pk for page in value["pages"] if page]
        found = open_to_all(BasePage.objects.filter(pk__in=wanted)).select_related("locale", "picture")
        items = [
            page.as_listing(is_tagged=False) for page in sorted(found, key=lambda page: wanted.index(page.pk))
        ]
        return super().get_context(value, parent_context=parent_context) | {"items": items}

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
