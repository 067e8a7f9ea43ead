"""What came back to us of the mails that went?"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pututu.bulletins.models.ledger import Delivery
from pututu.bulletins.rules.returned import Kind
from pututu.people.models import EmailAddress


class ReturnedMail(models.Model):
    """A mail that came back, as it came: it is kept first, and read then. ``sha256`` makes the same one one row."""

    class Kinds(models.TextChoices):
        HARD = Kind.HARD, _("The address refuses mail")
        SOFT = Kind.SOFT, _("It could not be delivered this time")
        COMPLAINT = Kind.COMPLAINT, _("The reader complained")
        LEFT = Kind.LEFT, _("The reader left by mail")
        OTHER = Kind.OTHER, _("Nothing to do")
        UNREAD = Kind.UNREAD, _("The program can’t read it")

    source = models.CharField(max_length=20, default="mail")  # or the provider that told us
    sha256 = models.CharField(max_length=64, unique=True)
    raw = models.BinaryField()
    at = models.DateTimeField(_("when"), auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    kind = models.CharField(_("what it says"), max_length=10, choices=Kinds.choices, default=Kinds.UNREAD)
    status = models.CharField(max_length=12, blank=True)
    words = models.CharField(_("the server's words"), max_length=300, blank=True)
    delivery = models.ForeignKey(
        Delivery, null=True, blank=True, on_delete=models.SET_NULL, related_name="returned"
    )
    email = models.ForeignKey(
        EmailAddress, null=True, blank=True, on_delete=models.CASCADE, related_name="returned"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("returned mail")
        indexes = [models.Index(fields=["email", "kind", "at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
