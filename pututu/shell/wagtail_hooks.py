"""How do editors mark a passage in another language?"""

from __future__ import annotations

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature

from pututu.shell.blocks import PASSAGE_LANGUAGES

LANGUAGE_NAMES = {"en": _("English"), "es": _("Spanish"), "qu": _("Quechua"), "ay": _("Aymara")}


@hooks.register("register_rich_text_features")
def passages_in_other_languages(features: Any) -> None:
    """One button per language; a marked passage is kept, and read aloud, as ``<span lang>``."""
    for language in PASSAGE_LANGUAGES:
        style, name = f"LANG-{language.upper()}", f"lang-{language}"
        button = {
            "type": style,
            "label": language,
            "description": format_lazy("{}: {}", _("Language"), LANGUAGE_NAMES[language]),
            "style": {"borderBottom": "2px dotted currentColor"},
        }
        features.register_editor_plugin("draftail", name, InlineStyleFeature(button))
        features.register_converter_rule(
            "contentstate",
            name,
            {
                "from_database_format": {f'span[lang="{language}"]': InlineStyleElementHandler(style)},
                "to_database_format": {
                    "style_map": {style: {"element": "span", "props": {"lang": language}}}
                },
            },
        )
