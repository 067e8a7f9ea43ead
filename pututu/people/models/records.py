"""Which rows are written once, and what do they say: what somebody agreed to, who looked, who was erased?"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pututu.people.models.persons import EmailAddress, Person
from pututu.people.querysets import AddedOnlyManager


class AddedOnly(models.Model):
    """A row that is written once: what was said or done is never edited, and taken out only by an erasure."""

    objects = AddedOnlyManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not kwargs.get("force_insert"):
            raise TypeError(
                f"{type(self).__name__} {self.pk} is a record: add another row instead of changing it."
            )
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError(f"{type(self).__name__} {self.pk} is a record: it can't be deleted.")


class ConsentRecord(AddedOnly):
    """One thing that happened between a person's address and a purpose; the present state follows from all of them."""

    class Act(models.TextChoices):
        ASKED = "asked", _("Asked to confirm")
        GIVEN = "given", _("Agreed")
        WITHDRAWN = "withdrawn", _("Withdrew")
        NOTED = "noted", _("Basis noted")

    class Basis(models.TextChoices):
        CONSENT = "consent", _("Consent")
        SERVICE = "service", _("Needed for the membership")
        SOFT_OPT_IN = "soft-opt-in", _("Charitable soft opt-in")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    email = models.ForeignKey(EmailAddress, on_delete=models.CASCADE, related_name="consents")
    purpose = models.SlugField(_("purpose"), max_length=40)
    act = models.CharField(_("what happened"), max_length=10, choices=Act.choices)
    basis = models.CharField(_("lawful basis"), max_length=12, choices=Basis.choices)
    wording = models.TextField(_("what they were told"), blank=True)
    language = models.CharField(_("in which language"), max_length=10, blank=True)
    page = models.CharField(_("where"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"))
    key = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 - many have none
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta(AddedOnly.Meta):
        abstract = False
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["person", "email", "purpose"])]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.act} ({self.at:%Y-%m-%d})"


class Suppression(models.Model):
    """The keyed hash of an address that must not be written to or brought in again, and why."""

    class Reason(models.TextChoices):
        ERASED = "erased", _("Asked to be erased")
        UNSUBSCRIBED = "unsubscribed", _("Asked for no mail at all")
        BOUNCED = "bounced", _("Refuses mail")
        COMPLAINED = "complained", _("Complained of mail")

    address_hash = models.CharField(max_length=64, unique=True)
    reason = models.CharField(_("why"), max_length=12, choices=Reason.choices)
    since = models.DateTimeField(_("since"))

    def __str__(self) -> str:
        return f"{self.reason} since {self.since:%Y-%m-%d}"


class AccessRecord(AddedOnly):
    """Somebody on the staff looked at or changed a private record. ``fields`` names what changed, not the values."""

    class Act(models.TextChoices):
        SEEN = "seen", _("Looked at")
        LISTED = "listed", _("Looked through a list")
        ADDED = "added", _("Added")
        CHANGED = "changed", _("Changed")
        EXPORTED = "exported", _("Exported")
        MERGED = "merged", _("Merged")
        SEPARATED = "separated", _("Separated again")
        ERASED = "erased", _("Erased")

    person_uid = models.UUIDField(null=True, db_index=True)
    act = models.CharField(_("what"), max_length=10, choices=Act.choices)
    fields = models.JSONField(_("fields"), default=list)
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)

    class Meta(AddedOnly.Meta):
        abstract = False
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.act} {self.person_uid or ''}".strip()


class Erasure(models.Model):
    """Somebody was erased: when, by whom, which addresses were closed (as hashes), and what had to stay, and why."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="erasure")
    uid = models.UUIDField(unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    address_hashes = models.JSONField(default=list)
    kept = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.uid}"
