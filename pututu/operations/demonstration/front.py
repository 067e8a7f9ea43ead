"""How is the demonstration's front page arranged?"""

from __future__ import annotations

from typing import Any

from pututu.pages.models import BasePage
from pututu.publishing.models import BackgroundPage


def front(
    facts: dict[str, Any], language: str, pages: dict[tuple[str, str], BasePage]
) -> list[tuple[str, Any]]:
    """Return the pieces of the front page in ``language`` from the pages made so far."""
    mine = [page for (tongue, _slug), page in pages.items() if tongue == language]
    about = [
        page for page in mine if isinstance(page, BackgroundPage) and page.role == BackgroundPage.Role.ABOUT
    ]
    issues = [
        page
        for page in mine
        if isinstance(page, BackgroundPage) and page.role == BackgroundPage.Role.KEY_ISSUE
    ]
    words = facts["front"][language]
    join = next((page for page in about if page.slug == words["join_page"]), None)
    chosen = [page for page in about if page.slug in words["about_pages"]]
    return [
        ("lead", {"page": pages[language, words["lead"]]}),
        ("stream", {"title": words["news"], "kind": "news", "length": 5}),
        ("stream", {"title": words["articles"], "kind": "article", "length": 5}),
        ("events", {"length": 3}),
        ("pages", {"title": words["about"], "pages": chosen}),
        ("pages", {"title": words["issues"], "pages": issues[:6]}),
        ("stream", {"title": words["publications"], "kind": "publication", "length": 1}),
        (
            "invitation",
            {
                "title": words["join_title"],
                "text": f"<p>{words['join_text']}</p>",
                "page": join,
                "link_text": words["join_link"],
            },
        ),
        ("search", None),
    ]
