"""What came across from the old site, where does it wait, and where do its old addresses lead?"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from pututu.media.models import DocumentFile, Picture
from pututu.pages.models import BasePage


class OldSitePage(Page):
    """Where what came from the old site waits as drafts until somebody moves it into a section.

    It is never public itself.
    """

    parent_page_types = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = [
        "publishing.StoryPage",
        "publishing.BackgroundPage",
        "publishing.PublicationPage",
        "events.EventPage",
    ]
    is_creatable = False

    class Meta:
        verbose_name = _("from the old site")


class RescuedItem(models.Model):
    """One item that was brought across, known again by its fingerprint: that of its old address.

    An item of scraped text is known by ``words`` too, since it may stand on another page the next time. The row
    outlives its page: what staff delete on purpose does not come back with the next run. ``read`` and ``wrote`` hold,
    by field, the prints of what the item said last and of what was written then (``deciding.prints_of``). ``facts`` is
    the item as ``--json`` prints it.
    """

    class Need(models.TextChoices):
        """Why a person should look at it."""

        CONFLICT = "conflict", _("its sources disagree about the date")
        UNDATED = "undated", _("its date is not certain")
        DUPLICATE = "duplicate", _("it may be there twice")
        EDITED = "edited", _("changed here and on the old site")
        DAMAGED = "damaged", _("damaged text")
        LOST = "lost", _("lost text, pictures or documents")

    wagtail_reference_index_ignore = True  # it follows pages and files, and uses none

    fingerprint = models.CharField(max_length=32, unique=True)
    words = models.CharField(max_length=32, blank=True, default="", db_index=True)
    page = models.OneToOneField(BasePage, null=True, on_delete=models.SET_NULL, related_name="rescued")
    source = models.CharField(max_length=500)
    brought_at = models.DateTimeField(auto_now_add=True)
    address = models.CharField(max_length=2000, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    read = models.JSONField(default=dict)
    wrote = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    has_old_links = models.BooleanField(default=False, db_index=True)
    run = models.ForeignKey(
        "RescueRun", null=True, blank=True, on_delete=models.SET_NULL, related_name="items"
    )
    needs = models.CharField(max_length=12, choices=Need.choices, blank=True, default="", db_index=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    before = models.JSONField(null=True, blank=True)

    class Meta:
        permissions = [("settle_items", "Can bring an old site across and settle what came")]

    def __str__(self) -> str:
        return f"{self.fingerprint} from {self.source}"


class OldAddress(models.Model):
    """An address of the old site that was seen, linked or listed, and what becomes of who asks for it.

    ``key`` is that of host and path, ``path_key`` that of the path alone: the new site is asked for paths.
    """

    class Outcome(models.TextChoices):
        REDIRECT = "redirect", _("leads on")
        GONE = "gone", _("gone")
        UNRESOLVED = "unresolved", _("unresolved")

    class Seen(models.TextChoices):
        CAPTURED = "captured", _("captured")
        LINKED = "linked", _("linked")
        REFUSED = "refused", _("never public")

    wagtail_reference_index_ignore = True  # as above

    key = models.CharField(max_length=32, unique=True)
    path_key = models.CharField(max_length=32, db_index=True)
    host = models.CharField(max_length=255, blank=True)
    path = models.CharField(max_length=2000)
    seen = models.CharField(max_length=10, choices=Seen.choices, default=Seen.CAPTURED)
    outcome = models.CharField(
        max_length=10, choices=Outcome.choices, default=Outcome.UNRESOLVED, db_index=True
    )
    item = models.ForeignKey(
        RescuedItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="addresses"
    )
    picture = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    document = models.ForeignKey(
        DocumentFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    section = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    media_type = models.CharField(max_length=100, blank=True)
    retrieved = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.host}{self.path}: {self.outcome}"


class OldCapture(models.Model):
    """One original that came from an old address (``key`` as there); of several captures each one stays viewable."""

    key = models.CharField(max_length=32)
    sha256 = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField(max_length=100, blank=True)
    retrieved = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "sha256"], name="old_capture_once")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.sha256}"


class RescueRun(models.Model):
    """A source that staff gave: first it is looked at, then, when they ask for it, brought across in the background."""

    class State(models.TextChoices):
        GIVEN = "given", _("is being looked at")
        PLANNED = "planned", _("looked at")
        ASKED = "asked", _("is being brought across")
        DONE = "done", _("brought across")
        FAILED = "failed", _("failed")
        UNDOING = "undoing", _("is being taken back")
        UNDONE = "undone", _("taken back")

    class Stage(models.TextChoices):
        READING = "reading", _("reading")
        DATING = "dating", _("dating")
        COMPARING = "comparing", _("comparing")
        WRITING = "writing", _("writing")
        DELETING = "deleting", _("deleting")

    sha256 = models.CharField(max_length=64)
    filename = models.CharField(_("file"), max_length=200)
    site = models.CharField(_("address of the old site"), max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.GIVEN, db_index=True)
    section = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_published = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    counts = models.JSONField(default=dict)
    first = models.JSONField(default=list)
    fault = models.TextField(blank=True)
    stage = models.CharField(max_length=9, choices=Stage.choices, blank=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.filename
