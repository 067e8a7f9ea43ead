"""What do all tests share?"""

import os
from pathlib import Path

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pututu.config.settings")
os.environ.setdefault("PUTUTU_DATA", str(Path(__file__).parent / "var" / "test"))
os.environ.setdefault("PUTUTU_SECRET_KEY", "only-for-tests")


@pytest.fixture(autouse=True)
def _plain_installation(settings, tmp_path):
    """Files go to a folder of the test's own; passwords are hashed fast; static files need no gathering."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
