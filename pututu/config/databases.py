"""How does Pututu speak to its database, embedded or served?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

# WAL lets readers go on while one writes; IMMEDIATE takes the write lock at once instead of failing half-way.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=0; PRAGMA cache_size=-16000;"
)
KEPT_OPEN = 60  # seconds; opening the embedded database anew costs a third of a reader's page


def database(url: str, *, data: Path) -> dict[str, Any]:
    """Return Django's description of the database at ``url``, or of the embedded one in the data folder."""
    if url and not url.startswith("sqlite"):
        return {**dj_database_url.parse(url, conn_max_age=KEPT_OPEN, conn_health_checks=True)}
    name = url.removeprefix("sqlite:///") if url else str(data / "pututu.sqlite3")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": KEPT_OPEN,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 5, "init_command": SQLITE_PRAGMAS},
    }


def cache(url: str) -> dict[str, Any]:
    """Return Django's description of the cache: Redis where a URL names one, else the memory of this process."""
    if url:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
    return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
