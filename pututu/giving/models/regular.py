"""Who gives again and again, how much, how often and by which way?"""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pututu.giving.models.ledger import Fund, Method, Purpose
from pututu.giving.models.mandate import Mandate
from pututu.giving.rules import Part, Use
from pututu.lib.money import Money
from pututu.lib.periods import periods_between
from pututu.people.models import Person


class RegularGift(models.Model):
    """A gift that comes again each month, quarter or year; ``anchor`` is the day that counting began with."""

    class Every(models.IntegerChoices):
        MONTH = 1, _("each month")
        QUARTER = 3, _("each quarter")
        YEAR = 12, _("each year")

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="regular_gifts", verbose_name=_("from")
    )
    minor = models.BigIntegerField(_("amount in minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    fund = models.ForeignKey(
        Fund, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("fund")
    )
    months = models.PositiveSmallIntegerField(_("how often"), choices=Every.choices, default=Every.MONTH)
    first = models.DateField(_("first day"))
    anchor = models.PositiveSmallIntegerField()
    method = models.CharField(_("method"), max_length=16, choices=Method.choices)
    mandate = models.ForeignKey(
        Mandate, null=True, blank=True, on_delete=models.PROTECT, related_name="regular_gifts"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    ended_why = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("regular gift")
        constraints = [
            models.CheckConstraint(condition=Q(minor__gt=0), name="regular_gift_above_nothing"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_why=""), name="regular_gift_ends_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount.words()}, {self.get_months_display()}"

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.currency)

    @property
    def use(self) -> Use:
        return Use(Purpose.GIFT, fund_id=self.fund_id, about=self.uid)

    @property
    def part(self) -> Part:
        return Part(self.minor, self.use)

    @property
    def is_taken(self) -> bool:
        """Whether we take it by ourselves; reads ``mandate``."""
        return self.ended_on is None and self.mandate is not None and self.mandate.may_be_used

    def days_between(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """The days of this span on which it is due again; its first day, which is paid when it is begun, is none."""
        begins = [
            period.first for period in periods_between(self.first, self.months, self.anchor, first, last)
        ]
        return [day for day in begins if day > self.first]


class Pledge(models.Model):
    """One sending of the gift form. ``key`` comes with the form, so that a double click gives once."""

    key = models.UUIDField(unique=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="pledges")
    gift = models.ForeignKey(RegularGift, null=True, on_delete=models.PROTECT, related_name="pledges")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.key)

    @property
    def payment_key(self) -> str:
        return f"give:{self.key}"
