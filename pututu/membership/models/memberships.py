"""What can one join, who belongs by which membership, and for which paid-for spans?

A membership's status is no column: ``rules.status_on`` works it out from the rows here and a day.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.contrib.settings.models import BaseGenericSetting

from pututu.giving.models import Mandate, Method, Payment
from pututu.lib.money import Money
from pututu.lib.periods import Period
from pututu.membership import rules
from pututu.membership.querysets import MembershipQuerySet
from pututu.people.models import AddedOnly, Person


def validate_comma_separated_days(text: str) -> None:
    """Refuse what ``rules.read_reminders`` can't read."""
    try:
        rules.read_reminders(text)
    except ValueError:
        raise ValidationError(_("Write whole numbers with commas, like -30, 0, 21.")) from None


class MembershipRules(BaseGenericSetting):
    """What the group decides of its memberships; staff change it where they see whom a change touches."""

    grace_days = models.PositiveSmallIntegerField(
        _("days of grace"),
        default=30,
        validators=[MaxValueValidator(366)],
        help_text=_(
            "For so many days after its end a membership still counts, and a renewal runs on from the old end."
        ),
    )

    early_days = models.PositiveSmallIntegerField(
        _("days of early renewal"),
        default=183,
        help_text=_("Who pays longer before the end than this may have paid twice: a person is asked."),
    )
    renewal_days = models.PositiveSmallIntegerField(
        _("days before the end when a renewal is awaited"),
        default=30,
        validators=[MaxValueValidator(183)],
        help_text=_(
            "For cheques, transfers and standing orders: the statement desk then knows what to look for."
        ),
    )
    reminder_days = models.CharField(
        _("days of reminders"),
        max_length=60,
        default="-30, 0, 21",
        blank=True,
        validators=[validate_comma_separated_days],
        help_text=_(
            "Days after the end, before it where negative; with commas. Leave it empty to send none."
        ),
    )

    class Meta:
        verbose_name = _("rules of membership")

    @property
    def status_rules(self) -> rules.StatusRules:
        return rules.StatusRules(grace_days=self.grace_days, early_days=self.early_days)

    @property
    def reminders(self) -> tuple[rules.ReminderRule, ...]:
        return rules.read_reminders(self.reminder_days)


class Plan(ClusterableModel):
    """What one can join: a price for a span."""

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", _("Individual")
        CONCESSION = "concession", _("Concession")
        HOUSEHOLD = "household", _("Household")
        ORGANISATION = "organisation", _("Organisation")
        LIFE = "life", _("Life")
        HONORARY = "honorary", _("Honorary")

    slug = models.SlugField(_("short code"), unique=True, max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.INDIVIDUAL)
    minor = models.PositiveBigIntegerField(_("price in minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    months = models.PositiveSmallIntegerField(
        _("months"),
        null=True,
        blank=True,
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    year_begins_month = models.PositiveSmallIntegerField(
        _("fixed year begins in month"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    year_begins_day = models.PositiveSmallIntegerField(
        _("on day"), default=1, validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    rollover_month = models.PositiveSmallIntegerField(
        _("who joins from month"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    rollover_day = models.PositiveSmallIntegerField(
        _("on day"), default=1, validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    people_at_most = models.PositiveSmallIntegerField(
        _("people at most"), default=1, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    methods = models.JSONField(_("ways to pay"), default=list)
    is_offered = models.BooleanField(_("offered on the join page"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "slug"]
        verbose_name = _("plan")
        verbose_name_plural = _("plans")

    def __str__(self) -> str:
        return self.wording(get_language() or settings.LANGUAGE_CODE).name

    @property
    def price(self) -> Money:
        return Money(self.minor, self.currency)

    @property
    def tariff(self) -> rules.Tariff:
        """For how long the price is paid. A plan without months and without a fixed year is for life."""
        if not self.year_begins_month:
            return rules.Tariff(months=self.months)
        rollover = (self.rollover_month, self.rollover_day) if self.rollover_month else None
        return rules.Tariff(year_begins=(self.year_begins_month, self.year_begins_day), rollover=rollover)

    def allows(self, method: str) -> bool:
        return not self.methods or method in self.methods

    def wording(self, language: str) -> PlanWording:
        """The plan's words in ``language``, or in another one, or its code."""
        rows = list(self.wordings.all())
        found = next((row for row in rows if row.language == language), rows[0] if rows else None)
        return found or PlanWording(name=self.slug)


class PlanWording(models.Model):
    """How a plan is called and described in one language."""

    plan = ParentalKey(Plan, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "language"], name="plan_wording_per_language")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody's belonging, from the first application on, through renewals and breaks."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("plan")
    )
    holder = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("held by")
    )
    given_by = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships_given",
        verbose_name=_("given by"),
    )
    given_to = models.CharField(
        _("for whom, as the giver wrote it"), max_length=200, blank=True, editable=False
    )
    method = models.CharField(
        _("pays by"), max_length=16, choices=Method.choices, default=Method.STANDING_ORDER
    )
    mandate = models.ForeignKey(
        Mandate, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    applied_on = models.DateField(_("applied on"))
    people = models.ManyToManyField(Person, through="Belonging", related_name="belongs_by")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.holder} ({self.plan})"

    @property
    def payer(self) -> Person:
        """Who is asked for money: the giver of a present as long as they give it, else the holder."""
        giver = self.given_by
        return self.holder if giver is None or giver.died_on or giver.erased_at else giver

    @property
    def renews_itself(self) -> bool:
        """Whether the money of the next term is taken without anybody's doing; reads ``mandate``."""
        return self.mandate is not None and self.mandate.may_be_used and self.plan.minor > 0

    @property
    def is_being_taken(self) -> bool:
        """Whether money for it is being taken by itself now."""
        return Payment.objects.being_taken().filter(shares__about=self.uid).exists()

    @property
    def facts(self) -> rules.Facts:
        """All that the status depends on; reads ``terms``, ``decisions`` and ``holder``, which lists prefetch."""
        decisions = [each for each in self.decisions.all() if each.revoked_at is None]
        return rules.Facts(
            terms=tuple(each.as_term for each in self.terms.all() if each.revoked_at is None),
            endings=tuple(each.as_ending for each in decisions if each.last is None),
            overrides=tuple(each.as_override for each in decisions if each.last is not None),
            died_on=self.holder.died_on,
            is_erased=self.holder.erased_at is not None,
        )


class Belonging(models.Model):
    """A person belongs by a membership: its holder, and the others of a household or organisation."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="belongings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="belongings")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "person"],
                condition=Q(until__isnull=True),
                name="belongs_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} by {self.membership_id}"


class Term(models.Model):
    """A span that a membership covers, with the payment that bought it. It is revoked, never deleted or moved."""

    class Ground(models.TextChoices):
        PAID = "paid", _("Paid")
        GRANTED = "granted", _("Granted")
        CARRIED_IN = "carried-in", _("Brought from the old records")

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="terms")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    first = models.DateField(_("from"))
    last = models.DateField(_("to"), null=True, blank=True)
    anchor = models.PositiveSmallIntegerField()
    ground = models.CharField(max_length=10, choices=Ground.choices, default=Ground.PAID)
    payment = models.OneToOneField(
        Payment, null=True, blank=True, on_delete=models.PROTECT, related_name="term"
    )
    key = models.UUIDField(null=True, unique=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["first", "pk"]
        verbose_name = _("term")
        constraints = [
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=models.F("first")),
                name="term_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(ground="paid") | Q(payment__isnull=False), name="term_paid_by_a_payment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.last or '…'}"

    @property
    def as_term(self) -> rules.Term:
        return rules.Term(Period(self.first, self.last), self.anchor)


class Decision(models.Model):
    """Somebody decided what a status is: for good (``last`` is empty) or for a time. Revoked, never deleted."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="decisions")
    status = models.CharField(_("status"), max_length=10)
    first = models.DateField(_("from"))
    last = models.DateField(_("to"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    key = models.UUIDField(null=True, unique=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("decision")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_a_reason"),
            models.CheckConstraint(
                condition=Q(last__isnull=False) | Q(status__in=["resigned", "expelled"]),
                name="only_endings_have_no_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.first}"

    @property
    def as_ending(self) -> rules.Ending:
        return rules.Ending(rules.Status(self.status), self.first)

    @property
    def as_override(self) -> rules.Override:
        return rules.Override(rules.Status(self.status), Period(self.first, self.last))


class Reminder(AddedOnly):
    """A reminder that went out, so that none goes twice."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="reminders")
    term_end = models.DateField()
    key = models.CharField(max_length=20)
    channel = models.CharField(max_length=8, choices=[("email", _("E-mail")), ("letter", _("Letter"))])
    at = models.DateTimeField(auto_now_add=True)

    class Meta(AddedOnly.Meta):
        abstract = False
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["membership", "term_end", "key"], name="each_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.term_end}"
