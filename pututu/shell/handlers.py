"""What does the shell make ready when a page goes public?"""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from pututu.pages.signals import content_changed
from pututu.shell.pictures import in_body
from pututu.shell.tasks import make_sizes


@receiver(content_changed)
def make_the_pictures_ready(page: Any, was: str, **_kwargs: Any) -> None:
    """Have the files of a page's pictures made, so that its first reader does not wait for them."""
    if was == "published":
        make_sizes([getattr(page, "picture", None), *in_body(getattr(page, "body", []))])
