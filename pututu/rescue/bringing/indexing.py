"""How are search and the index of references told of a batch of pages at once, and not many times of each page?

Wagtail tells both whenever a part of a page is saved: each piece of evidence, its draft, its publication. While pages
come in by the hundred, what is to be told waits until the batch is done, and is told once of each page, before the
transaction ends: a killed run leaves neither a page that is not indexed nor an entry without its page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django_tasks.backends.immediate import ImmediateBackend
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backends

SEARCH = "modelsearch.tasks.insert_or_update_object_task"
REFERENCES = "wagtail.tasks.update_reference_index_task"

_waiting: ContextVar[dict[type[Page], set[str]] | None] = ContextVar("waiting", default=None)


class PatientTasks(ImmediateBackend):
    """Does every task at once, but for the indexing of pages within ``indexed_together``."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        """Do a task, or remember the page of which it is; that page's own save tells of its pieces too."""
        waiting = _waiting.get()
        if waiting is None or task.module_path not in (SEARCH, REFERENCES):
            return super().enqueue(task, args, kwargs)
        app, name, pk = args
        model = apps.get_model(app, name)
        if issubclass(model, Page):
            waiting.setdefault(model, set()).add(pk)
        elif not _is_piece(model):
            return super().enqueue(task, args, kwargs)
        return None


def _is_piece(model: Any) -> bool:
    """Whether a model is a part of pages, saved with its page and never by itself."""
    owners = (
        field.related_model for field in model._meta.get_fields() if type(field).__name__ == "ParentalKey"
    )
    return any(issubclass(owner, Page) for owner in owners)


@contextmanager
def indexed_together() -> Iterator[None]:
    """Within it pages are indexed once, at its end. To be used within a transaction."""
    token = _waiting.set({})
    try:
        yield
        waiting = _waiting.get() or {}
    finally:
        _waiting.reset(token)
    for model, pks in waiting.items():
        _index(model, pks)


def _index(model: type[Page], pks: set[str]) -> None:
    pages = list(model.objects.filter(pk__in=pks))
    for page in pages:
        if ReferenceIndex.is_indexed(model):
            ReferenceIndex.create_or_update_for_object(page)
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(model, pages)
