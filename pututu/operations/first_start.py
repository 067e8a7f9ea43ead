"""Who may begin an empty installation?

The one who can read the terminal: a code is made there, kept hashed nowhere but in a file of the owner's, and taken
away by the first start that succeeds.
"""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path

from pututu.home.models import HomePage

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like something else
LENGTH = 12
FILE = "first-start-code"


def offer_first_start(data: Path) -> None:
    """Keep a one-time code in the data folder while there is no site, and none once there is."""
    path = data / FILE
    if HomePage.objects.exists():
        path.unlink(missing_ok=True)
    elif not path.exists():
        path.touch(mode=0o600)
        path.write_text(
            "-".join("".join(secrets.choice(ALPHABET) for _sign in range(4)) for _part in range(LENGTH // 4)),
            encoding="ascii",
        )


def is_open(data: Path) -> bool:
    """Whether a first start can still be made."""
    return (data / FILE).exists()


def code_is_right(data: Path, given: str) -> bool:
    """Compare in constant time; case, blanks and hyphens don't matter."""
    path = data / FILE
    if not path.exists():
        return False
    return hmac.compare_digest(_plain(path.read_text(encoding="ascii")), _plain(given))


def close(data: Path) -> bool:
    """Take the code away; False when somebody else has just done so, who then made the first start."""
    try:
        (data / FILE).unlink()
    except FileNotFoundError:
        return False
    return True


def _plain(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum())
