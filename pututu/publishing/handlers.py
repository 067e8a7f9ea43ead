"""What happens when a publication goes public?"""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from pututu.pages.signals import content_changed
from pututu.publishing.models import PublicationPage
from pututu.publishing.services import read_publication


@receiver(content_changed, sender=PublicationPage)
def publication_went_public(page: PublicationPage, was: str, **_kwargs: Any) -> None:
    if was == "published":
        read_publication(page)
