"""What was sent by the form for bulletins and is not worked at yet?"""

from __future__ import annotations

from django.db import models


class Asking(models.Model):
    """What the form said, as it came. Whatever is known of the address, taking it in is this one row and nothing else.

    It goes when the letter is written (``services.asked``), within a minute or two.
    """

    key = models.UUIDField(unique=True)
    said = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.key}"
