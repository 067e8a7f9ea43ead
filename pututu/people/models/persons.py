"""Whom does the group know, and how may it reach them?"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from pututu.people.querysets import PersonQuerySet
from pututu.people.rules import bare_postcode, likeness, same_words


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
    reference = models.CharField(_("payment reference"), max_length=7, unique=True, editable=False)
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
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Two letters: GB, PE."))
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
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged"
    )
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["family_name"]), models.Index(fields=["postcode"])]
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
