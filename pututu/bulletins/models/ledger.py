"""What became of each mail, who hands mails over, and how many may go?"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pututu.bulletins.models.issues import Issue
from pututu.bulletins.querysets import DeliveryQuerySet
from pututu.bulletins.rules.ledger import State
from pututu.people.models import AddedOnly, EmailAddress, Person


class Worker(models.Model):
    """A process that hands mails over. ``seen_at`` is its last sign of life (UTC)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    host = models.CharField(max_length=100)
    pid = models.PositiveIntegerField()
    began = models.CharField(max_length=40)  # when the system says that the process began: numbers come again
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}"


class Delivery(models.Model):
    """One mail of an issue to one reader, from the frozen list on. Its state is only changed by ``services``."""

    class States(models.TextChoices):
        WAITING = State.WAITING, _("Waits")
        CLAIMED = State.CLAIMED, _("Taken up")
        HANDED_OVER = State.HANDED_OVER, _("Handed over")
        ACCEPTED = State.ACCEPTED, _("Accepted")
        DEFERRED = State.DEFERRED, _("Tried again later")
        REFUSED = State.REFUSED, _("Refused")
        IN_DOUBT = State.IN_DOUBT, _("In doubt")
        SUPPRESSED = State.SUPPRESSED, _("Not to be written to any more")
        SET_ASIDE = State.SET_ASIDE, _("Set aside")

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="deliveries")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="deliveries")
    email = models.ForeignKey(EmailAddress, null=True, on_delete=models.SET_NULL, related_name="deliveries")
    address = models.CharField(_("address"), max_length=254)
    domain = models.CharField(max_length=254)
    language = models.CharField(_("edition"), max_length=10)
    topics = models.JSONField(default=list)
    basis = models.CharField(_("lawful basis"), max_length=12)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=States.choices, default=States.WAITING)
    worker = models.ForeignKey(Worker, null=True, on_delete=models.SET_NULL, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now_add=True)
    code = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.CharField(_("the server's words"), max_length=300, blank=True)
    name_there = models.CharField(max_length=120, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "person"], name="each_reader_once"),
            models.CheckConstraint(
                condition=~models.Q(state__in=[State.CLAIMED, State.HANDED_OVER])
                | models.Q(worker__isnull=False),
                name="under_way_with_a_worker",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"]),
            models.Index(fields=["issue", "state"]),
            models.Index(fields=["email"]),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.state}"


class LedgerNote(AddedOnly):
    """What a person decided about a mail or an issue, and why."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="notes")
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.PROTECT, related_name="notes")
    act = models.CharField(max_length=30)
    detail = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta(AddedOnly.Meta):
        abstract = False
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d}"


class Allowance(models.Model):
    """How many mails may still go, to everybody or to one domain (``rules.rates``)."""

    key = models.CharField(max_length=254, unique=True)
    thousandths = models.BigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
