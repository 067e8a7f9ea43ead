"""What did a provider of payments tell us, and what does the pretended one know?"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from pututu.giving.models.ledger import Method, Refund
from pututu.lib.money import Money


class ProviderEvent(models.Model):
    """A message of a provider, kept as it came before anything is done with it. It is a hint: the provider is asked."""

    provider = models.SlugField(_("provider"), max_length=20)
    event_id = models.CharField(_("the provider's number"), max_length=120)
    about = models.CharField(_("payment"), max_length=120)
    body = models.TextField(_("as it came"))
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    handled_at = models.DateTimeField(_("dealt with"), null=True, blank=True)
    failure = models.CharField(_("why not"), max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("message of a provider")
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="provider_event_once")]
        indexes = [models.Index(fields=["handled_at", "received_at"])]

    def __str__(self) -> str:
        return f"{self.provider} {self.event_id}"


class DemonstrationMandate(models.Model):
    """What the demonstration provider holds of a permission to take money again, and what will become of that."""

    class Behaviour(models.TextChoices):
        PAYS = "pays", _("Pays")
        DECLINES = "declines", _("Is declined")
        IS_OVER = "is-over", _("Was cancelled at the bank")

    reference = models.CharField(max_length=40, unique=True)
    behaviour = models.CharField(max_length=10, choices=Behaviour.choices, default=Behaviour.PAYS)

    def __str__(self) -> str:
        return f"{self.reference} ({self.behaviour})"


class DemonstrationPayment(models.Model):
    """What the demonstration provider holds of one payment: its side, apart from our ledger, as a real one's would be.

    ``settles_at`` is when money that was promised comes, ``returns_at`` when money that came goes back.
    """

    class State(models.TextChoices):
        OPEN = "open", _("The payer has not decided")
        PROMISED = "promised", _("On its way")
        PAID = "paid", _("Paid")
        DECLINED = "declined", _("Declined")

    reference = models.CharField(max_length=40, unique=True)
    key = models.CharField(max_length=100, unique=True)
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    method = models.CharField(max_length=16, choices=Method.choices)
    label = models.CharField(max_length=200)
    return_url = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    paid_on = models.DateField(null=True)
    returned = models.BigIntegerField(default=0)
    return_kind = models.CharField(
        max_length=12, choices=Refund.Kind.choices, default=Refund.Kind.LATE_FAILURE
    )
    settles_at = models.DateTimeField(null=True)
    returns_at = models.DateTimeField(null=True)
    events = models.PositiveIntegerField(default=0)
    keeps_mandate = models.BooleanField(default=False)
    mandate = models.ForeignKey(
        DemonstrationMandate, null=True, on_delete=models.PROTECT, related_name="payments"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.reference} ({self.state})"

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.currency)

    def has_settled(self, now: dt.datetime) -> bool:
        return self.state == self.State.PROMISED and self.settles_at is not None and self.settles_at <= now

    def has_gone_back(self, now: dt.datetime) -> bool:
        due = self.returns_at is not None and self.returns_at <= now
        return self.state == self.State.PAID and due and not self.returned
