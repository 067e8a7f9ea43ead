"""Which adapter serves this database?"""

from __future__ import annotations

from types import ModuleType

from django.db import connection

from pututu.home.search import postgres, sqlite


def engine() -> ModuleType:
    """Return the adapter of the database in use; both have the same six functions."""
    return postgres if connection.vendor == "postgresql" else sqlite
