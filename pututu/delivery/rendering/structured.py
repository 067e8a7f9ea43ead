"""How does a page read in the words of schema.org?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from pututu.delivery.rendering.feed import absolute
from pututu.pages.models import BasePage
from pututu.shell.heads import Subject

CONTEXT = "https://schema.org"
# In a script element only these could end the data or begin a comment; JSON reads the escapes back as they
# were.
ESCAPES = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


@dataclass(frozen=True)
class Shared:
    """What the head of a page has found out already."""

    address: str
    picture: str


def structured(subject: Subject, page: BasePage | None, shared: Shared) -> list[dict[str, Any]]:
    """Return the documents for ``subject``: the group on the front page, elsewhere the page and the way to
    it.
    """
    if subject.frame.is_home:
        return [organisation(subject), website(subject)]
    if subject.page is None:
        return []
    trail = breadcrumb(subject)
    return [document(subject, page, shared), trail] if page else [trail]


def script(data: dict[str, Any]) -> SafeString:
    """Return ``data`` in a data block: a script element that no browser runs, so that no policy need allow
    it.
    """
    text = json.dumps(present({"@context": CONTEXT, **data}), ensure_ascii=False, separators=(",", ":"))
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text.translate(ESCAPES)))


def present(data: dict[str, Any]) -> dict[str, Any]:
    """Return ``data`` without the fields that have no value, at every depth."""
    found = {name: present(value) if isinstance(value, dict) else value for name, value in data.items()}
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def organisation(subject: Subject) -> dict[str, Any]:
    group = subject.frame.group
    return {
        "@type": "Organization",
        "@id": absolute("/#group"),
        "name": group.name,
        "alternateName": group.short_name,
        "url": absolute(subject.frame.home_url),
        "description": subject.frame.wording.description or subject.frame.wording.strapline,
        "email": group.email,
        "foundingDate": str(group.founded) if group.founded else None,
        "sameAs": [link.url for link in subject.frame.social_links],
    }


def website(subject: Subject) -> dict[str, Any]:
    language = subject.frame.current_language
    return {
        "@type": "WebSite",
        "name": subject.frame.group.name,
        "url": absolute(subject.frame.home_url),
        "inLanguage": language.code if language else None,
        "publisher": {"@id": absolute("/#group")},
    }


def document(subject: Subject, page: BasePage, shared: Shared) -> dict[str, Any]:
    """The page itself: what its kind says of it, with what all kinds share."""
    found = page.structured_data()
    is_event = found.get("@type") == "Event"
    group = {
        "@type": "Organization",
        "name": subject.frame.group.name,
        "url": absolute(subject.frame.home_url),
    }
    return {
        "@type": found.pop("@type", "Article"),
        "@id": shared.address,
        "url": shared.address,
        "name" if is_event else "headline": page.title,
        "description": page.standfirst,
        "inLanguage": page.locale.language_code,
        "image": [shared.picture] if shared.picture else None,
        **(event_fields(group) if is_event else text_fields(page, group)),
        **{name: value for name, value in found.items() if value is not None},
    }


def event_fields(group: dict[str, Any]) -> dict[str, Any]:
    return {"organizer": group}


def text_fields(page: BasePage, group: dict[str, Any]) -> dict[str, Any]:
    """Dates to the precision that is known, and none where that would claim more."""
    return {
        "datePublished": page.published.iso(),
        "dateModified": page.corrected_on.isoformat() if page.corrected_on else None,
        "author": {"@type": "Person", "name": page.byline} if page.byline else group,
        "publisher": group,
    }


def breadcrumb(subject: Subject) -> dict[str, Any]:
    """The way from the front page to the page."""
    steps = [(subject.frame.group.name, subject.frame.home_url)]
    steps += [(each.title, each.url) for each in sections_above(subject)]
    steps.append((subject.page.title, subject.page.url or ""))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": title, "item": absolute(url)}
            for number, (title, url) in enumerate(steps, start=1)
        ],
    }


def sections_above(subject: Subject) -> list[Any]:
    """The pages between the front page and this one: read from the frame where it has them, else from the
    database.
    """
    page: Page = subject.page
    if page.depth < 4:  # the root, the front page, a section
        return []
    address = page.url or ""
    found = [each for each in subject.frame.sections if address.startswith(each.url)]
    return found if found and page.depth == 4 else list(page.get_ancestors().filter(depth__gt=2))
