"""What is missing before this installation can serve the public?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import OperationalError, connection
from redis.exceptions import RedisError

SAFE_SQLITE = (3, 51, 3)


@register(Tags.security, deploy=True)
def check_address(**_kwargs: Any) -> list[CheckMessage]:
    if settings.BASE_URL.startswith("https://"):
        return []
    return [
        Warning(
            "Readers would reach the site without encryption.",
            hint="Set PUTUTU_BASE_URL to the https:// address of the site.",
            id="operations.W001",
        )
    ]


@register(Tags.security, deploy=True)
def check_mail(**_kwargs: Any) -> list[CheckMessage]:
    if not settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        return []
    return [
        Warning(
            "No mail leaves the house: it is printed to the terminal.",
            hint="Set PUTUTU_EMAIL_URL, for example smtp://user:password@mail.example.org:587?tls=true.",
            id="operations.W002",
        )
    ]


@register(Tags.database)
def check_sqlite(databases: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """SQLite 3.7.0 to 3.51.2 can damage a database in WAL mode; https://sqlite.org/wal.html#walresetbug"""
    if not databases or connection.vendor != "sqlite":
        return []
    version: tuple[int, ...] = connection.Database.sqlite_version_info  # type: ignore[attr-defined]  # SQLite's only
    if version >= SAFE_SQLITE:
        return []
    return [
        Error(
            f"SQLite {'.'.join(map(str, version))} can damage the database.",
            hint="Install the locked dependencies anew: pysqlite3 brings a newer SQLite.",
            id="operations.E001",
        )
    ]


@register(Tags.files, deploy=True)
def check_data_folder(**_kwargs: Any) -> list[CheckMessage]:
    data = Path(settings.MEDIA_ROOT).parent
    if data.is_dir():
        return []
    return [
        Error(
            f"The data folder {data} does not exist.",
            hint="Start the site once with ./run serve, or set PUTUTU_DATA to the right folder.",
            id="operations.E002",
        )
    ]


@register(Tags.files, deploy=True)
def check_database_answers(**_kwargs: Any) -> list[CheckMessage]:
    """An embedded database that is not there yet is left so: opening it would make an empty file."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(name).exists():
        hint = "Start the site once with ./run serve."
        return [Error(f"There is no database at {name} yet.", hint=hint, id="operations.E003")]
    try:
        connection.ensure_connection()
    except OperationalError as fault:
        reason = str(fault).strip().splitlines()[0]
        hint = "See that the database server runs, and that DATABASE_URL names it rightly."
        return [Error(f"The database does not answer: {reason}", hint=hint, id="operations.E004")]
    return []


@register(Tags.caches, deploy=True)
def check_cache_answers(**_kwargs: Any) -> list[CheckMessage]:
    try:
        cache.get("are-you-there")
    except RedisError as fault:
        hint = "See that Redis or Valkey runs, and that PUTUTU_CACHE_URL names it rightly."
        return [Error(f"The cache does not answer: {fault}", hint=hint, id="operations.E005")]
    return []
