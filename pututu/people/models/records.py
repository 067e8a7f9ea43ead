"""Whom does the group know, how may it reach them, and who looked?

Private: nothing that the public site renders may import this app (the privacy wall). What somebody agreed to and who
looked at a record are kept as rows that are only ever added.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from pututu.people.querysets import AddedOnlyManager, PersonQuerySet
from pututu.people.rules import bare_postcode, likeness, same_words
from pututu.shell.models import country_choices


@register_setting(icon="user", order=25)
class PeopleRules(BaseGenericSetting):
    """What the group decides of the records that it keeps."""

    is_soft_opt_in_allowed = models.BooleanField(
        _("charitable soft opt-in"),
        default=False,
        help_text=_(
            "Only a charity may write, for its own aims, to those who supported it and did not refuse (UK, 2025)."
        ),
    )

    class Meta:
        verbose_name = _("rules of people's records")


class Tag(models.Model):
    """A word by which the group sorts people for itself."""

    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A person or organisation that the group has to do with; never to be confused with a public profile."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    reference = models.CharField(_("payment reference"), max_length=8, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.PERSON)
    name = models.CharField(_("name, as they write it"), max_length=200)
    folded = models.CharField(max_length=500, blank=True, default="", editable=False, db_index=True)
    title = models.CharField(
        _("title"), max_length=20, blank=True, help_text=_("Dr, Mrs, Sr.: only if they use one.")
    )
    given_names = models.CharField(_("given names"), max_length=120, blank=True)
    family_name = models.CharField(_("family name"), max_length=120, blank=True)
    address = models.TextField(_("postal address"), blank=True, help_text=_("House and street, a line each."))
    town = models.CharField(_("town"), max_length=80, blank=True)
    postcode = models.CharField(_("postcode"), max_length=16, blank=True)
    bare_postcode = models.CharField(
        max_length=16, blank=True, default="", editable=False, db_index=True
    )  # how it is sought: without spaces, in capitals
    likeness = models.CharField(max_length=220, blank=True, default="", editable=False, db_index=True)
    country = models.CharField(_("country"), max_length=2, blank=True, choices=country_choices)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    came_by = models.CharField(_("how they came"), max_length=200, blank=True)
    notes = models.TextField(_("notes"), blank=True, help_text=_("They may ask to read this."))
    tags = models.ManyToManyField(Tag, blank=True, related_name="people", verbose_name=_("tags"))
    died_on = models.DateField(_("died on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
        db_index=False,  # the index below instead
    )
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["family_name"]),
            models.Index(fields=["postcode"]),
            # Of the few that were merged: SQLite would seek all others, which are in no record, by one of everybody.
            models.Index(
                fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="merged_people"
            ),
        ]
        permissions = [
            ("see_notes", _("May read the notes on people")),
            ("export_people", _("May take people's data out as a file")),
            ("import_people", _("May bring in lists of people and merge records")),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep name and postcode in the form in which they are sought: no case, no accents, no spaces."""
        self.derive()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "folded", "bare_postcode", "likeness"}
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Bring the columns by which people are sought in line with their names and postcodes."""
        self.bare_postcode = bare_postcode(self.postcode)
        self.likeness = likeness(self.name, self.postcode)
        self.folded = same_words(f"{self.name} {self.given_names} {self.family_name}")[:500]


class EmailAddress(models.Model):
    """An address for mail. Several people of a household may share one; each agrees for themselves."""

    class State(models.TextChoices):
        GOOD = "good", _("Works")
        BOUNCED = "bounced", _("Refuses mail")
        COMPLAINED = "complained", _("Complained of mail")

    address = models.CharField(_("address"), max_length=254)
    folded = models.CharField(max_length=254, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.GOOD)
    state_reason = models.CharField(_("why"), max_length=300, blank=True)
    state_since = models.DateTimeField(null=True, blank=True)
    people = models.ManyToManyField(Person, through="PersonEmail", related_name="addresses")

    class Meta:
        verbose_name = _("e-mail address")
        verbose_name_plural = _("e-mail addresses")

    def __str__(self) -> str:
        return self.address


class PersonEmail(models.Model):
    """An address is one of a person's; the first in order is written to."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="person_emails")
    email = models.ForeignKey(EmailAddress, on_delete=models.CASCADE, related_name="person_emails")
    order = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "email"], name="address_once_per_person")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.email_id}"


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
