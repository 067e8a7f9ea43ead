"""Does Django find anything to see to when an installation is set up for the public as the documentation says?"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.running import PUTUTU, environment

PRODUCTION = {
    "PUTUTU_BASE_URL": "https://group.example",
    "PUTUTU_EMAIL_URL": "smtp://office:secret@mail.group.example:587?tls=true",
    "PUTUTU_EMAIL_FROM": "office@group.example",
    "PUTUTU_PROXIES": "1",
}


def findings(data: Path, **changes: str) -> list[dict[str, Any]]:
    data.mkdir(exist_ok=True)
    done = subprocess.run(
        [PUTUTU, "check", "--json"],
        env={**environment(data), **PRODUCTION, **changes},
        capture_output=True,
        text=True,
        check=False,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    assert done.returncode == (1 if found else 0), done.stderr
    return found


def test_a_complete_production_environment_leaves_nothing_to_see_to(tmp_path: Path):
    assert findings(tmp_path / "site") == []


def test_what_is_missing_is_named_with_what_to_do(tmp_path: Path):
    no_mail = findings(tmp_path / "site", PUTUTU_EMAIL_URL="")
    assert [(each["id"], "PUTUTU_EMAIL_URL" in each["hint"]) for each in no_mail] == [
        ("operations.W002", True)
    ]
    plain = findings(tmp_path / "site", PUTUTU_BASE_URL="http://group.example")
    assert "operations.W001" in {each["id"] for each in plain}


def test_a_public_installation_demands_safe_transport(tmp_path: Path):
    """What the checks look at is really in force."""
    words = (
        "from django.conf import settings as s; import json; "
        "print(json.dumps([s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, s.SESSION_COOKIE_SECURE, "
        "s.CSRF_COOKIE_SECURE, s.DEBUG, s.IS_DEMO]))"
    )
    (tmp_path / "site").mkdir()
    done = subprocess.run(
        [PUTUTU, "manage", "shell", "--no-imports", "-c", words],
        env={**environment(tmp_path / "site"), **PRODUCTION},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == [True, True, True, True, False, False]
