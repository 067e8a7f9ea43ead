"""How is an honest date kept in the database?

``HonestDateField`` keeps the EDTF text as written and, beside it, the two derived columns ``<name>_earliest`` and
``<name>_latest`` for sorting and overlap queries. An unknown date is the empty text and two NULLs: no stand-in day is
ever stored.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import Field
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pututu.dates.widgets import HonestDateFormField
from pututu.lib.dates import DateError, HonestDate, refuse_stand_in

LONGEST_EDTF = 120


class HonestDateField(models.CharField[Any, Any]):
    """An EDTF text that reads back as a ``HonestDate``; assignment takes either of the two.

    Saving raises ValidationError for text that is not EDTF. Full validation also refuses stand-in days.
    """

    description = _("A date as exact as the evidence, in EDTF")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_EDTF)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, _HonestDateAttribute(self))
        if cls._meta.abstract or cls.__module__ == "__fake__":
            return  # a migration's own copy of the model names the derived columns itself
        for bound in ("earliest", "latest"):
            column = models.DateField(
                null=True, editable=False, db_index=True, verbose_name=f"{name} {bound}"
            )
            column.contribute_to_class(cls, f"{name}_{bound}")

    def from_db_value(self, value: str | None, *_args: Any) -> HonestDate:
        return HonestDate.parse(value or "")

    def to_python(self, value: Any) -> HonestDate:
        if isinstance(value, HonestDate):
            return value
        try:
            return HonestDate.parse(value or "")
        except DateError as error:
            raise ValidationError(error.told(gettext), code="invalid") from error

    def get_prep_value(self, value: Any) -> str:
        return self.to_python(value).edtf

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        set_bounds(model_instance, self.attname)
        return super().pre_save(model_instance, add)

    def validate(self, value: HonestDate, model_instance: models.Model | None) -> None:
        super().validate(value.edtf, model_instance)
        try:
            refuse_stand_in(value)
        except DateError as error:
            raise ValidationError(error.told(gettext), code="stand-in") from error

    def run_validators(self, value: HonestDate) -> None:
        super().run_validators(value.edtf)

    def formfield(self, **kwargs: Any) -> Field | None:
        options = {
            "required": not self.blank,
            "label": capfirst(self.verbose_name),
            "help_text": self.help_text,
            **kwargs,
        }
        for inapplicable in ("max_length", "choices_form_class", "form_class", "empty_value"):
            options.pop(inapplicable, None)
        return HonestDateFormField(**options)


class _HonestDateAttribute:
    """Gives a model's honest date as a ``HonestDate`` even straight after text was assigned."""

    def __init__(self, field: HonestDateField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        kept = instance.__dict__
        if self.field.attname not in kept:
            instance.refresh_from_db(fields=[self.field.attname])
        return kept[self.field.attname]

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.to_python(value)


def set_bounds(instance: models.Model, name: str) -> None:
    """Bring the two derived columns of honest date ``name`` in line with it."""
    value: HonestDate = getattr(instance, name)
    setattr(instance, f"{name}_earliest", value.earliest)
    setattr(instance, f"{name}_latest", value.latest)
