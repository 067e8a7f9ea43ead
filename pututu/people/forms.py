"""What is asked of staff who write down people, and what these agreed to?"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from pututu.lib.references import find_references
from pututu.people.models import EmailAddress, ImportRun, Person, Tag
from pututu.people.rendering import COLUMN_NAMES, EXPORT_NAMES, FREE_PURPOSES, PURPOSE_NAMES, UNIT_WORDS
from pututu.people.retention import Rule
from pututu.people.rules import AddressError, read_address
from pututu.shell.models import home_country

COLUMNS = (
    "kind",
    "name",
    "title",
    "given_names",
    "family_name",
    "address",
    "town",
    "postcode",
    "country",
    "telephone",
    "language",
    "came_by",
    "died_on",
    "notes",
)


class EmailField(forms.CharField):
    """An address as ``people.rules`` reads it."""

    widget = forms.EmailInput

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=254, **options)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return read_address(text) if text else ""
        except AddressError as problem:
            raise forms.ValidationError(problem.told(gettext)) from None


class SearchForm(forms.Form):
    """Whom staff look for."""

    q = forms.CharField(label=_("Name, e-mail address, postcode or payment reference"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *Person.Kind.choices])
    tag = forms.ModelChoiceField(
        label=_("Tag"), required=False, queryset=Tag.objects.all(), to_field_name="name", empty_label=_("All")
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("All")), *settings.LANGUAGES]
    )

    def found(self) -> Any:
        """The people that the form asks for; what can't be read of it asks for nobody."""
        people = Person.objects.known()
        if not self.is_valid():
            return people.none()
        asked = self.cleaned_data
        people = people.sought(asked["q"]) if asked["q"] else people
        for name in ("kind", "language"):
            people = people.filter(**{name: asked[name]}) if asked[name] else people
        return people.filter(tags=asked["tag"]) if asked["tag"] else people

    def kept(self) -> dict[str, str]:
        """The filters that may be saved: what can be read, but never words that may be a name."""
        if not self.is_valid():
            return {}
        return {name: self.data[name] for name in ("kind", "tag", "language") if self.data.get(name)}

    def in_words(self) -> str:
        """The filter for the log: which one, but never the words that were sought, which may be a name."""
        asked = self.cleaned_data if self.is_valid() else {}
        said = ["q=…"] if asked.get("q") else []
        return " ".join(
            said + [f"{name}={asked[name]}" for name in ("kind", "tag", "language") if asked.get(name)]
        )


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own takes none
    """A person or organisation."""

    tag_words = forms.CharField(
        label=_("Tags"), required=False, help_text=_("Separated by commas. New words become new tags.")
    )
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Person
        fields = COLUMNS
        widgets = {
            "died_on": AdminDateInput,
            "address": forms.Textarea(attrs={"rows": 3}),
            "notes": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, may_see_notes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_see_notes:
            del self.fields["notes"]
        if not self.instance.pk:
            self.fields["country"].initial = home_country
        if self.instance.pk:
            self.fields["tag_words"].initial = ", ".join(self.instance.tags.values_list("name", flat=True))
            self.fields["seen_at"].initial = self.instance.changed_at.isoformat()

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_seen_at(self) -> dt.datetime | None:
        try:
            return dt.datetime.fromisoformat(self.cleaned_data["seen_at"])
        except ValueError:
            return None

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in COLUMNS if name in self.fields}

    @property
    def tag_names(self) -> list[str]:
        words = (" ".join(word.split())[:60] for word in self.cleaned_data["tag_words"].split(","))
        return sorted({word for word in words if word})


class NewPersonForm(PersonForm):
    """A person with addresses; the hidden key makes a form that is sent twice one person."""

    emails = forms.CharField(
        label=_("E-mail addresses"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line. The first one is written to."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_emails(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["emails"].splitlines() if line.strip()]
        try:
            return [read_address(line) for line in lines]
        except AddressError as problem:
            raise ValidationError(problem.told(gettext)) from problem


class AddressForm(forms.Form):
    """A further address of somebody's."""

    email = forms.CharField(label=_("E-mail address"), max_length=254)

    def clean_email(self) -> str:
        try:
            return read_address(self.cleaned_data["email"])
        except AddressError as problem:
            raise ValidationError(problem.told(gettext)) from problem


class StateForm(forms.Form):
    """How an address takes mail, and how that is known."""

    state = forms.ChoiceField(label=_("State"), choices=EmailAddress.State.choices)
    reason = forms.CharField(label=_("How do you know?"), max_length=300)


class ReopenForm(forms.Form):
    """Why an address is written to again."""

    reason = forms.CharField(
        label=_("How did they ask for it themselves?"),
        max_length=250,
        min_length=5,
        help_text=_("Such as: by telephone on 3 May, the mailbox works again."),
    )


class AgreementForm(forms.Form):
    """What somebody said to staff about mail: on paper, by telephone, at a stall."""

    AGREED, WITHDREW = "given", "withdrawn"

    email = forms.ModelChoiceField(label=_("At which address"), queryset=EmailAddress.objects.none())
    purposes = forms.MultipleChoiceField(
        label=_("For what"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(each.value, PURPOSE_NAMES[each]) for each in FREE_PURPOSES],
    )
    act = forms.ChoiceField(
        label=_("What they said"),
        widget=forms.RadioSelect,
        choices=[(AGREED, _("They agree")), (WITHDREW, _("They want no more"))],
    )
    page = forms.CharField(
        label=_("How they said it"),
        max_length=300,
        help_text=_("Paper form at the stall, a letter, by telephone."),
    )
    wording = forms.CharField(
        label=_("What they were told"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The words of the form, or what you said. Without them nothing can be shown later."),
    )
    on = forms.DateField(label=_("On which day"), widget=AdminDateInput, initial=dt.date.today)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        assert isinstance(email, forms.ModelChoiceField), "it is declared so above"
        email.queryset = person.addresses.all()
        email.initial = person.addresses.order_by("person_emails__order").first()

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("act") == self.AGREED and not data.get("wording", "").strip():
            self.add_error("wording", _("Say what they were told: consent without it can't be shown."))
        return data


class ListForm(forms.Form):
    """A list to bring in."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_(
            "From a spreadsheet, a mailing service or another program; the first line names the columns."
        ),
    )


class MappingForm(forms.Form):
    """What each column of a list holds, and what is said once for the whole list."""

    purposes = forms.MultipleChoiceField(
        label=_("What was this list for?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(each.value, PURPOSE_NAMES[each]) for each in FREE_PURPOSES],
        help_text=_(
            "“Subscribed” and “unsubscribed” are taken for these. Unsubscribed from none named: from all."
        ),
    )
    wording = forms.CharField(
        label=_("What they were told when they agreed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Agreement is carried in only where it can be shown: by a day and a source in each row, or by these words."
        ),
    )
    agreed_on = forms.DateField(
        label=_("When, where a row has no day"), required=False, widget=AdminDateInput
    )
    language = forms.ChoiceField(label=_("Language, where a row has none"), choices=settings.LANGUAGES)
    days = forms.ChoiceField(
        label=_("A day such as 03/04/2026 is"), choices=[("day", _("3 April")), ("month", _("4 March"))]
    )

    def __init__(self, *args: Any, run: ImportRun, samples: list[list[str]], **kwargs: Any) -> None:
        days = "day" if run.terms.get("is_day_first", True) else "month"
        kwargs["initial"] = {**run.terms, "days": days}
        super().__init__(*args, **kwargs)
        self.run = run
        for index, heading in enumerate(run.headers):
            self.fields[f"column-{index}"] = forms.ChoiceField(
                label=heading or _("(no heading)"),
                required=False,
                choices=[("", _("Leave out")), *COLUMN_NAMES.items()],
                initial=run.mapping.get(str(index), ""),
                help_text=" · ".join(cell[:40] for cell in samples[index] if cell),
            )

    @property
    def columns(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith("column-")]

    @property
    def others(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith("column-")]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not {"email", "name", "given_names", "family_name"} & set(self.mapping.values()):
            raise ValidationError(_("Say which column holds the name or the e-mail address."))
        if (
            data.get("wording", "").strip()
            and not data.get("agreed_on")
            and "agreed_on" not in self.mapping.values()
        ):
            self.add_error("agreed_on", _("Say when they were told so, or which column holds the day."))
        return data

    @property
    def mapping(self) -> dict[str, str]:
        said = (
            (str(index), self.cleaned_data.get(f"column-{index}", ""))
            for index in range(len(self.run.headers))
        )
        return {index: name for index, name in said if name}

    @property
    def terms(self) -> dict[str, Any]:
        data = self.cleaned_data
        day = data["agreed_on"]
        said: dict[str, Any] = {name: data[name] for name in ("purposes", "wording", "language")}
        return said | {"agreed_on": day.isoformat() if day else "", "is_day_first": data["days"] == "day"}


class ExportForm(forms.Form):
    """Which columns are taken out."""

    columns = forms.MultipleChoiceField(
        label=_("Columns"), widget=forms.CheckboxSelectMultiple, choices=list(EXPORT_NAMES.items())
    )


class EraseForm(forms.Form):
    """Whoever erases somebody types the payment reference, so that no press of a button does it."""

    reference = forms.CharField(label=_("Type the payment reference of this person"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_reference(self) -> str:
        if self.person.reference not in find_references(self.cleaned_data["reference"]):
            raise ValidationError(_("This is not the reference of this person."))
        return self.person.reference


class SegmentNameForm(forms.Form):
    """Under which name filters are saved."""

    name = forms.CharField(label=_("Name"), max_length=80)


class LengthForm(forms.Form):
    """For how long something is kept."""

    number = forms.IntegerField(label=_("Kept for"), required=False)

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bounds = {"least": rule.least, "most": rule.most, "unit": UNIT_WORDS[rule.unit]}
        self.rule = rule
        self.fields["number"].help_text = (
            _("%(unit)s, from %(least)s to %(most)s. Leave it empty to keep it.") % bounds
        )

    def clean_number(self) -> int | None:
        number: int | None = self.cleaned_data["number"]
        if number is not None and not self.rule.least <= number <= self.rule.most:
            bounds = {"least": self.rule.least, "most": self.rule.most}
            raise ValidationError(_("Write a number from %(least)s to %(most)s.") % bounds)
        return number

    @property
    def length(self) -> int | None:
        return self.cleaned_data["number"]


class ApplyRuleForm(forms.Form):
    """Whoever takes out what is over its time types how much that is, as the page says it."""

    number = forms.IntegerField(label=_("Type the number of what is over its time"))

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = count

    def clean_number(self) -> int:
        if self.cleaned_data["number"] != self.count:
            raise ValidationError(_("It is another number; nothing was done."))
        return self.count
