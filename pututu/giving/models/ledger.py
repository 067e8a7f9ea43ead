"""What money came, for what, and what became of it?

A ledger: nothing is deleted, and what is final stays. A payment that went back has a refund beside it; what a payment
is for is corrected by further rows. Amounts are whole minor units with their currency.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pututu.giving.querysets import PaymentQuerySet
from pututu.lib.money import Money
from pututu.people.models import AddedOnly, Person


class Fund(models.Model):
    """What gifts are for, where the group keeps them apart."""

    slug = models.SlugField(_("short code"), unique=True, max_length=40)
    name = models.CharField(_("name"), max_length=120)
    is_restricted = models.BooleanField(
        _("restricted"), default=False, help_text=_("Donors gave it for this alone.")
    )
    is_open = models.BooleanField(_("open for gifts"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("fund")

    def __str__(self) -> str:
        return self.name


class Method(models.TextChoices):
    CARD = "card", _("Card")
    DIRECT_DEBIT = "direct-debit", _("Direct Debit")
    STANDING_ORDER = "standing-order", _("Standing order")
    BANK_TRANSFER = "bank-transfer", _("Bank transfer")
    CHEQUE = "cheque", _("Cheque")
    CASH = "cash", _("Cash")


class Purpose(models.TextChoices):
    MEMBERSHIP = "membership", _("Membership")
    GIFT = "gift", _("Gift")
    OTHER = "other", _("Something else")


class Payment(models.Model):
    """Money that somebody sends, or said they would. Only a pending payment changes its state, and once.

    A cheque, transfer or standing order that is awaited is a pending payment: it counts when the money is seen.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Expected")
        CONFIRMED = "confirmed", _("Received")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    key = models.CharField(max_length=100, unique=True, editable=False)
    payer = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="payments",
        verbose_name=_("from"),
    )
    minor = models.BigIntegerField(_("amount in minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    method = models.CharField(_("method"), max_length=16, choices=Method.choices)
    provider = models.SlugField(_("provider"), max_length=20, default="offline")
    provider_reference = models.CharField(_("provider's reference"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    asked_on = models.DateField(_("asked for on"))
    received_on = models.DateField(_("received on"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    failure = models.CharField(_("why it failed"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    keeps_mandate = models.BooleanField(_("the payer let us take money again"), default=False)
    mandate = models.ForeignKey(
        "giving.Mandate", null=True, blank=True, on_delete=models.PROTECT, related_name="payments"
    )  # under which it is taken, or which was given with it

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        ordering = ["-asked_on", "-pk"]
        indexes = [models.Index(fields=["state", "received_on"])]
        constraints = [
            models.CheckConstraint(condition=Q(minor__gt=0), name="payment_above_nothing"),
            models.CheckConstraint(
                condition=Q(state="confirmed", received_on__isnull=False)
                | (~Q(state="confirmed") & Q(received_on__isnull=True)),
                name="payment_received_when_confirmed",
            ),
            models.UniqueConstraint(
                fields=["provider", "provider_reference"],
                condition=~Q(provider_reference=""),
                name="payment_once_per_provider_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount.words()} ({self.get_state_display()})"

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.currency)


class Share(AddedOnly):
    """What a part of a payment is for. A correction is a row with the part taken off and a row with it put elsewhere.

    ``about`` names what is paid by its uid (a membership's): this ledger does not know what it is.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="shares")
    minor = models.BigIntegerField()
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    fund = models.ForeignKey(Fund, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    about = models.UUIDField(null=True, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=300, blank=True)
    refund = models.ForeignKey(
        "Refund", null=True, blank=True, on_delete=models.PROTECT, related_name="shares"
    )  # the money that went back, where that is what took this part off

    class Meta(AddedOnly.Meta):
        abstract = False
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.amount.words()}"

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.payment.currency)


class Refund(models.Model):
    """Money of a confirmed payment that went back, or is on its way."""

    class State(models.TextChoices):
        PENDING = "pending", _("On its way")
        DONE = "done", _("Went back")
        FAILED = "failed", _("Did not go")

    class Kind(models.TextChoices):
        REFUND = "refund", _("Refund")
        CHARGE_BACK = "charge-back", _("Taken back by the payer's bank")
        LATE_FAILURE = "late-failure", _("Failed after it was received")
        MISTAKE = "mistake", _("Written down by mistake")

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    key = models.CharField(max_length=100, unique=True, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    minor = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.REFUND)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    provider_reference = models.CharField(max_length=120, blank=True)
    asked_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("refund")
        ordering = ["asked_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(minor__gt=0), name="refund_above_nothing")]

    def __str__(self) -> str:
        return f"{self.amount.words()} ({self.get_state_display()})"

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.payment.currency)


class LedgerRecord(AddedOnly):
    """One act on the ledger: which, on what, by whom. Staff read it; nothing is decided by it."""

    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="records")
    act = models.CharField(max_length=20)
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
