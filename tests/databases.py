"""Where does a test find a database of its own, for processes that it starts and kills?"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection


@contextmanager
def own_database() -> Iterator[str]:
    """The URL of a database that nobody else uses, on the server of the tests; "" for SQLite."""
    if connection.vendor != "postgresql":
        yield ""
        return
    where = connection.settings_dict
    secret = f":{where['PASSWORD']}" if where["PASSWORD"] else ""
    server = f"postgres://{where['USER']}{secret}@{where['HOST']}:{where['PORT']}"
    name = f"killing_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as line:
        line.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
        try:
            yield f"{server}/{name}"
        finally:
            line.execute(f"DROP DATABASE {name} WITH (FORCE)")
