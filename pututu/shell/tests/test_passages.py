"""Can editors mark a passage in another language, and does the mark survive?"""

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from pututu.shell.blocks import PASSAGE_LANGUAGES, TEXT_FEATURES, sanitise


@pytest.mark.parametrize("language", PASSAGE_LANGUAGES)
def test_a_passage_keeps_its_language_through_the_editor(language: str) -> None:
    converter = ContentstateConverter(features=TEXT_FEATURES)
    html = f'<p data-block-key="a">The <span lang="{language}">palabra</span> stays.</p>'
    kept = converter.to_database_format(converter.from_database_format(html))
    assert kept == html
    assert sanitise(kept) == html


def test_the_editor_drops_a_language_that_it_does_not_offer() -> None:
    converter = ContentstateConverter(features=TEXT_FEATURES)
    html = '<p data-block-key="a">The <span lang="tlh">Heghlu</span> goes.</p>'
    assert "span" not in converter.to_database_format(converter.from_database_format(html))
