"""What do all tests share?"""

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pututu.config.settings")
os.environ.setdefault("PUTUTU_DATA", str(Path(__file__).parent / "var" / "test"))
os.environ.setdefault("PUTUTU_SECRET_KEY", "only-for-tests")

# A busy machine is no fault of the rule under test: laws are held without a clock.
hypothesis_settings.register_profile(
    "house",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),  # a change is judged by the same examples twice; people explore
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("house")


@pytest.fixture(autouse=True)
def _plain_installation(settings: Any, tmp_path: Path) -> None:
    """Files go to a folder of the test's own; passwords are hashed fast; static files need no gathering."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.STATIC_ROOT = str(tmp_path / "static")
    (tmp_path / "static").mkdir()
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.IS_DEMO = False
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)  # a request for a Spanish page leaves its language behind
