"""What do editors learn about a publication's PDF when they publish it?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks

from pututu.publishing.models import PublicationPage
from pututu.publishing.services import UnreadablePdf, bytes_of, read_pdf


@hooks.register("after_publish_page")
def warn_of_an_unreadable_pdf(request: HttpRequest, page: Any) -> None:
    """Say plainly that a PDF can't be searched; the page is public all the same."""
    if not isinstance(page, PublicationPage) or page.document is None or page.document.text:
        return
    try:
        reading = read_pdf(bytes_of(page.document))
    except UnreadablePdf as problem:
        messages.warning(request, str(problem))
        return
    if not reading.text.strip():
        messages.warning(
            request, _("The PDF holds pictures of pages and no text: search can't find its words.")
        )
