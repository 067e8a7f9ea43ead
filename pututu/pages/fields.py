"""How does a page carry topics and places, so that each of them knows where it is used?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from modelcluster.fields import ParentalManyToManyField

Reference = tuple[type[models.Model], str, str, str]


class LabelsField(ParentalManyToManyField):
    """A choice of topics or places that Wagtail's index of references counts: it passes over relations to many."""

    def extract_references(self, value: Iterable[models.Model]) -> Iterator[Reference]:
        """Say for Wagtail's index what is referred to: the model, its key, and where in the field it stands."""
        for label in value:
            yield type(label), str(label.pk), "item", str(label.pk)

    def deconstruct(self) -> Any:
        """Stay what migrations know: nothing differs in the database."""
        name, _path, arguments, options = super().deconstruct()
        return name, "modelcluster.fields.ParentalManyToManyField", arguments, options
