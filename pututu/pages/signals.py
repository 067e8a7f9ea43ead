"""What does a page tell the rest of the house?

``content_changed`` is sent once the change is committed. ``sender`` is the page's class; ``page`` is the page as it was
saved; ``was`` names what happened: "published", "unpublished", "moved" or "deleted".
"""

from django.dispatch import Signal

content_changed = Signal()
