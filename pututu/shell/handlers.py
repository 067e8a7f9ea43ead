"""What does the shell make ready when a page goes public?"""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from pututu.pages.signals import content_changed
from pututu.shell.pictures import in_body, prepare


@receiver(content_changed)
def make_the_pictures_ready(page: Any, was: str, **_kwargs: Any) -> None:
    """Make the files of a page's pictures, so that its first reader does not wait for them."""
    if was == "published":
        prepare([getattr(page, "picture", None), *in_body(getattr(page, "body", []))])
