"""What did the bank write, and which money is it?"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pututu.giving.models.ledger import Payment
from pututu.lib.money import Money
from pututu.people.models import Person


class BankAccount(models.Model):
    """An account of the group's, with how its bank writes a statement file."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    currency = models.CharField(_("currency"), max_length=3, default="GBP")
    columns = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    """A file that the bank gave, kept by its hash: the same file twice adds nothing."""

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="statements")
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    known = models.PositiveIntegerField(_("lines known already"), default=0)
    troubles = models.JSONField(_("lines that could not be read"), default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [models.UniqueConstraint(fields=["account", "sha256"], name="statement_file_once")]

    def __str__(self) -> str:
        return self.filename


class Upload(models.Model):
    """A file that waits for somebody to say which column is what; gone when that was said, or after a day."""

    account = models.ForeignKey(BankAccount, on_delete=models.CASCADE, related_name="uploads")
    filename = models.CharField(max_length=200)
    content = models.BinaryField()
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.filename


class StatementLine(models.Model):
    """One line of a statement: money in (positive) or out. Its fingerprint makes overlapping files add it once."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for somebody")
        APPLIED = "applied", _("Booked")
        SET_ASIDE = "set-aside", _("Not ours to book")

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="lines")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    fingerprint = models.CharField(max_length=64)
    booked_on = models.DateField()
    minor = models.BigIntegerField()
    text = models.CharField(max_length=500)
    payer_text = models.CharField(max_length=200, blank=True, db_index=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    set_aside_because = models.CharField(_("why it is set aside"), max_length=300, blank=True)

    class Meta:
        ordering = ["booked_on", "pk"]
        indexes = [models.Index(fields=["state", "booked_on"])]
        constraints = [models.UniqueConstraint(fields=["account", "fingerprint"], name="statement_line_once")]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.amount.words()} {self.text}"

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.account.currency)


class LineUse(models.Model):
    """A line, or part of it, is the money of a payment. Taking it back marks the row; a new one may follow."""

    class How(models.TextChoices):
        REFERENCE = "reference", _("By the reference")
        KNOWN_PAYER = "known-payer", _("By the payer's words")
        BY_HAND = "by-hand", _("By hand")

    line = models.ForeignKey(StatementLine, on_delete=models.PROTECT, related_name="uses")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="line_uses")
    minor = models.BigIntegerField()
    how = models.CharField(max_length=12, choices=How.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(minor__gt=0), name="line_use_above_nothing")]

    def __str__(self) -> str:
        return f"{self.line_id} → {self.payment_id}"


class KnownPayer(models.Model):
    """The words by which a bank names somebody who sends no reference; learnt when staff book a line by hand."""

    account = models.ForeignKey(BankAccount, on_delete=models.CASCADE, related_name="known_payers")
    words = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="payer_words")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["words"]
        constraints = [
            models.UniqueConstraint(fields=["account", "words", "person"], name="payer_words_once")
        ]

    def __str__(self) -> str:
        return self.words
