"""Who declared that tax may be claimed back on their gifts, and what was claimed?

A declaration is closed and never edited; a claim is frozen when it is made: its lines, their sum and a hash of them
stay as they were handed in. What goes back later becomes a line of the next claim.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from pututu.giving.models.ledger import Payment
from pututu.giving.rules import gift_aid as rules
from pututu.lib.money import Money
from pututu.people.models import Person
from pututu.shell.models import country_choices


@register_setting(icon="tick-inverse", order=30)
class GiftAidSettings(BaseGenericSetting):
    """Whether the group is a UK charity that claims Gift Aid, and how its accounting year runs."""

    is_on = models.BooleanField(
        _("we claim Gift Aid"), default=False, help_text=_("Only for charities that HMRC has recognised.")
    )
    charity_name = models.CharField(_("name of the charity, as HMRC knows it"), max_length=160, blank=True)
    hmrc_reference = models.CharField(_("HMRC reference"), max_length=20, blank=True)
    year_begins_month = models.PositiveSmallIntegerField(
        _("accounting year begins in month"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    year_begins_day = models.PositiveSmallIntegerField(
        _("on day"), default=1, validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    are_dues_gifts = models.BooleanField(
        _("membership dues count as gifts"),
        default=False,
        help_text=_("Where members get no more than HMRC allows a donor to get in return."),
    )

    panels = [
        FieldPanel(name)
        for name in (
            "is_on",
            "charity_name",
            "hmrc_reference",
            "year_begins_month",
            "year_begins_day",
            "are_dues_gifts",
        )
    ]

    class Meta:
        verbose_name = _("Gift Aid")

    @property
    def year_begins(self) -> tuple[int, int]:
        return self.year_begins_month, self.year_begins_day


class Declaration(models.Model):
    """A donor's statement, with name and address as they were. "No" is a statement too."""

    class How(models.TextChoices):
        ONLINE = "online", _("Online")
        PAPER = "paper", _("On paper")
        SPOKEN = "spoken", _("Spoken, and confirmed in writing")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="declarations")
    is_given = models.BooleanField(_("they want Gift Aid"), default=True)
    made_on = models.DateField(_("made on"))
    first = models.DateField(_("for gifts from"))
    last = models.DateField(_("to"), null=True, blank=True)
    how = models.CharField(_("how"), max_length=8, choices=How.choices)
    wording = models.TextField(_("what they agreed to"), blank=True)
    title = models.CharField(_("title"), max_length=20, blank=True)
    given_names = models.CharField(_("given names"), max_length=120)
    family_name = models.CharField(_("family name"), max_length=120)
    address = models.TextField(_("home address"))
    postcode = models.CharField(_("postcode"), max_length=16, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=country_choices, default=rules.HOME)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_why = models.CharField(_("why it was closed"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_on", "-pk"]
        verbose_name = _("Gift Aid declaration")
        constraints = [
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=models.F("first")),
                name="declaration_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(last__isnull=False),
                name="closed_declaration_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.made_on}"

    @property
    def is_abroad(self) -> bool:
        return self.as_rule.donor.is_abroad

    @property
    def as_rule(self) -> rules.Declaration:
        donor = rules.Donor(
            self.given_names, self.family_name, self.address, self.postcode, self.country, self.title
        )
        return rules.Declaration(self.pk, self.made_on, self.first, donor, self.last)


class Claim(models.Model):
    """Tax claimed back on some gifts, as it was handed in. ``rows`` is the schedule, ``sha256`` its hash.

    Years later ``rows`` lose the names (``services.claim_names``); the hash stays.
    """

    class State(models.TextChoices):
        FROZEN = "frozen", _("Ready to be handed in")
        SENT = "sent", _("Handed in")
        WITHDRAWN = "withdrawn", _("Withdrawn before it was handed in")

    made_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    rows = models.JSONField()
    sha256 = models.CharField(max_length=64)
    minor = models.BigIntegerField(_("gifts"))
    tax_minor = models.BigIntegerField(_("tax"))
    adjustment_minor = models.BigIntegerField(_("tax claimed too much before"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.FROZEN)
    sent_on = models.DateField(_("handed in on"), null=True, blank=True)
    names_out_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Gift Aid claim")

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}: {self.tax.words()}"

    @property
    def amount(self) -> Money:
        return Money(self.minor, "GBP")

    @property
    def tax(self) -> Money:
        return Money(self.tax_minor, "GBP")

    @property
    def adjustment(self) -> Money:
        return Money(self.adjustment_minor, "GBP")


class ClaimLine(models.Model):
    """A gift on a claim and the declaration it rests on, as HMRC's audit trail wants. Negative: it went back later."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="lines")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="claim_lines")
    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="claim_lines")
    minor = models.BigIntegerField()
    is_void = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["payment"], condition=Q(minor__gt=0, is_void=False), name="each_gift_claimed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.payment_id}: {self.amount.words()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A line of a claim is frozen.")
        super().save(*args, **kwargs)

    @property
    def amount(self) -> Money:
        return Money(self.minor, "GBP")


def donor_of(person: Person) -> rules.Donor:
    """A person as a declaration taken now would have them."""
    return rules.Donor(
        person.given_names,
        person.family_name,
        person.address,
        person.postcode,
        person.country or rules.HOME,
        person.title,
    )
