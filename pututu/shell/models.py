"""Whose site is it?

Everything that names a group or its country is here, edited by the group itself: the code knows neither.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from pututu.lib.countries import countries_in
from pututu.lib.zones import zone_names
from pututu.media.models import Picture
from pututu.shell.rules import DARK_PAPER, LIGHT_PAPER, Accents, too_pale

CURRENCIES = [
    ("GBP", "GBP £"),
    ("EUR", "EUR €"),
    ("USD", "USD $"),
    ("CHF", "CHF"),
    ("CAD", "CAD $"),
    ("AUD", "AUD $"),
]


def time_zones() -> list[tuple[str, str]]:
    """The time zones that a group chooses from."""
    return [(name, name) for name in zone_names()]


def country_choices() -> list[tuple[str, str]]:
    """The countries that an address may be in, as whoever reads the page seeks them."""
    return countries_in(get_language() or settings.LANGUAGE_CODE)


colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six digits, for example #9c1431."))


@register_setting(icon="site", order=1)
class SiteSettings(ClusterableModel, BaseGenericSetting):
    """The group as it presents itself: one row for the installation."""

    name = models.CharField(_("name of the group"), max_length=120, default="Pututu")
    short_name = models.CharField(_("short name"), max_length=30, blank=True)
    country = models.CharField(_("country it follows"), max_length=80, blank=True)
    city = models.CharField(_("where it is at home"), max_length=80, blank=True)
    home_country = models.CharField(
        _("country where it is at home"),
        max_length=2,
        choices=country_choices,
        default="GB",
        help_text=_("Forms propose it for addresses; letters within it do not name it."),
    )
    founded = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        choices=time_zones,
        default="Europe/London",
        help_text=_("Staff schedule and read hours by it, unless their account has one of its own."),
    )
    currency = models.CharField(_("currency"), max_length=3, choices=CURRENCIES, default="GBP")
    email = models.EmailField(_("public e-mail address"), blank=True)
    postal_address = models.TextField(_("postal address"), blank=True)
    accent = models.CharField(
        _("accent colour, light pages"), max_length=7, default="#9c1431", validators=[colour]
    )
    accent_dark = models.CharField(
        _("accent colour, dark pages"), max_length=7, default="#e9929a", validators=[colour]
    )
    share_picture = models.ForeignKey(
        Picture,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture for sharing"),
        help_text=_("Shown where others link to a page that has no picture of its own."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("name", "short_name", "country", "city", "home_country", "founded")
            ],
            heading=_("The group"),
        ),
        InlinePanel("wordings", heading=_("In words"), label=_("language"), min_num=1),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("email", "postal_address")], heading=_("How to reach it")
        ),
        InlinePanel("social_links", heading=_("Elsewhere"), label=_("link")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("accent", "accent_dark", "share_picture")], heading=_("Look")
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("time_zone", "currency")], heading=_("Time and money")
        ),
    ]

    class Meta:
        verbose_name = _("the group")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        for name, paper in (("accent", LIGHT_PAPER), ("accent_dark", DARK_PAPER)):
            if too_pale(getattr(self, name), paper):
                raise ValidationError(
                    {name: _("This colour can't be read on the paper: its contrast is under 4.5.")}
                )

    @property
    def accents(self) -> Accents:
        """The colours that stylesheet and icon are made in."""
        return Accents.of(self.accent, self.accent_dark)

    def wording(self, language: str) -> SiteWording:
        """The group's own words in ``language``, or in another one, or none at all."""
        rows = list(self.wordings.all())
        return next((row for row in rows if row.language == language), rows[0] if rows else SiteWording())


class SiteWording(models.Model):
    """How the group describes itself in one language."""

    setting = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    strapline = models.CharField(_("strapline"), max_length=160, blank=True)
    city = models.CharField(
        _("where it is at home, in this language"),
        max_length=80,
        blank=True,
        help_text=_("Londres for London. Empty: as above."),
    )
    description = models.TextField(_("who we are, for the foot of each page"), max_length=600, blank=True)
    legal_form = models.CharField(_("legal form and register number"), max_length=200, blank=True)

    panels = [
        FieldPanel("language"),
        FieldPanel("strapline"),
        FieldPanel("city"),
        FieldPanel("description"),
        FieldPanel("legal_form"),
    ]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "language"], name="one_wording_per_language")
        ]

    def __str__(self) -> str:
        return self.strapline


class SocialLink(models.Model):
    """Another place where the group can be followed."""

    setting = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="social_links")
    label = models.CharField(_("name"), max_length=60)
    url = models.URLField(_("address"), max_length=300)

    panels = [FieldPanel("label"), FieldPanel("url")]

    def __str__(self) -> str:
        return self.label


def zone_of_the_group() -> str:
    """The time zone in which the group lives, as what is new proposes it."""
    return str(SiteSettings.load().time_zone)


def home_country() -> str:
    """The code of the country where the group is at home, as forms propose it for an address."""
    return str(SiteSettings.load().home_country)
