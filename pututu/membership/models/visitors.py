"""What do readers send, and by what is a member known again?

Secrets are kept as hashes alone: whoever reads the database can use none of them.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from pututu.giving.models import Payment
from pututu.membership.models.memberships import Membership
from pututu.people.models import EmailAddress, Person


class Joining(models.Model):
    """One sending of the join form. ``key`` comes with the form, so that a double click makes one membership.

    ``uid`` stands in the address of the page that says how to pay.
    """

    key = models.UUIDField(unique=True)
    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    membership = models.ForeignKey(
        Membership, null=True, on_delete=models.CASCADE, related_name="joinings", verbose_name=_("membership")
    )
    payment = models.ForeignKey(
        Payment, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def payment_key(self) -> str:
        return f"join:{self.key}"


class MailedLink(models.Model):
    """A link that signs in whoever reads the mailbox it went to: once, for a short time. Only its hash is kept.

    For an address that nobody is known by there is a row too, so that asking takes as long; nothing goes out then.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.ForeignKey(EmailAddress, null=True, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"


class AddressChange(models.Model):
    """A new address that a member wants to be written to at, until they confirm it from its mailbox.

    ``replaces`` is the address that goes then; None where the new one is added.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="address_changes")
    address = models.CharField(max_length=254)
    replaces = models.ForeignKey(EmailAddress, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"


class Passkey(models.Model):
    """A key of a member's device, by which they sign in without an address (W3C Web Authentication).

    Only the public half is here. ``counter`` is what the device counted at its last use, 0 where it counts nothing.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passkeys")
    credential_hash = models.CharField(max_length=64, unique=True)
    credential = models.BinaryField()
    handle = models.BinaryField()
    counter = models.BigIntegerField(default=0)
    name = models.CharField(_("name"), max_length=60)
    added_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("passkey")

    def __str__(self) -> str:
        return self.name


class PasskeyChallenge(models.Model):
    """A number that a device must sign to sign somebody in: once, within minutes. Only its hash is kept."""

    challenge_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.expires_at:%Y-%m-%d %H:%M}"
