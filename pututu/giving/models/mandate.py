"""Who let us take money again, by which provider, and what was taken by it?

The provider keeps the permission and nothing else: when and how much is ours to decide (``rules.charging``). So nothing
at a provider can go on by itself.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pututu.giving.models.ledger import Method
from pututu.lib.money import Money
from pututu.people.models import Person


class Mandate(models.Model):
    """A payer's permission to take money again. It may be stopped and taken up again; ended, it never comes back.

    ``told_at`` is when the provider was told that it ended: asked over the network, that may come later.
    """

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    payer = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("from")
    )
    provider = models.SlugField(_("provider"), max_length=20)
    method = models.CharField(_("method"), max_length=16, choices=Method.choices)
    provider_reference = models.CharField(_("provider's reference"), max_length=120)
    provider_customer = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    stopped_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("permission to take money")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "provider_reference"], name="mandate_once_per_reference"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_why=""), name="mandate_ends_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.provider_reference}"

    @property
    def may_be_used(self) -> bool:
        return self.ended_on is None and self.stopped_on is None

    @property
    def may_be_resumed(self) -> bool:
        return self.ended_on is None and self.stopped_on is not None


class Collection(models.Model):
    """The money of one period, taken under a mandate: told of beforehand, tried, and given up after some tries.

    ``about`` names what is paid by its uid, as in ``Share``; ``due_on`` is the day of that period.
    """

    about = models.UUIDField()
    due_on = models.DateField()
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="collections")
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    told_on = models.DateField(null=True, blank=True)
    ask_on = models.DateField(null=True, blank=True)
    take_on = models.DateField(null=True, blank=True)
    given_up_on = models.DateField(null=True, blank=True)
    given_up_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["about", "due_on"], name="each_period_taken_once")]

    def __str__(self) -> str:
        return f"{self.about} {self.due_on}"

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.currency)

    def payment_key(self, number: int) -> str:
        """The key of the payment that is the try with this number, from 1."""
        return f"take:{self.pk}:{number}"
