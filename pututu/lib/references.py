"""By which code does a bank transfer say whose it is?

Seven signs, shown as ``KM7-XQ3T``, and eight, as ``K7MX-3QWT``, once those are scarce. Of signs that look alike, in
print or in handwriting that a machine has read, at most one is used (0 and O, 1 and I and L, 2 and Z, 4 and A, 5 and S,
6 and G, 8 and B, U and V). Digits stand at fixed places, so that hardly a word is a code by chance, and no code of
seven signs is part of one of eight. The last sign is a check: a weighted sum modulo 19, the number of signs, which is
prime; so every single wrong sign and every two signs exchanged are found out (as ISBN-10 does).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

DIGITS = "379"
LETTERS = "CDEFHJKMNPQRTWXY"
SIGNS = DIGITS + LETTERS
SHORT = (LETTERS, LETTERS, DIGITS, LETTERS, LETTERS, DIGITS)  # the check sign follows; 589,824 codes
LONG = (
    LETTERS,
    DIGITS,
    LETTERS,
    LETTERS,
    DIGITS,
    LETTERS,
    LETTERS,
)  # 9,437,184 codes; none has a short one in it
LENGTHS = {len(places) + 1: places for places in (SHORT, LONG)}

Choice = Callable[[Sequence[str]], str]


def make_reference(choice: Choice, places: Sequence[str] = SHORT) -> str:
    """Make a code with its check sign; ``choice`` picks one sign of several, as ``secrets.choice`` does.

    Whoever keeps codes makes another one where the code is taken, and a ``LONG`` one once the short ones are scarce.
    """
    payload = "".join(choice(signs) for signs in places)
    return payload + check_sign(payload)


def check_sign(payload: str) -> str:
    """Return the sign that makes the weighted sum of the whole code divisible by 19."""
    weighted = sum(weight * SIGNS.index(sign) for weight, sign in enumerate(payload, start=2))
    return SIGNS[-weighted % len(SIGNS)]


def is_reference(code: str) -> bool:
    """Whether ``code``, without a hyphen, is one that ``make_reference`` could have made."""
    places = LENGTHS.get(len(code), ())
    shaped = bool(places) and all(sign in signs for sign, signs in zip(code, (*places, SIGNS), strict=True))
    return shaped and check_sign(code[:-1]) == code[-1]


def show_reference(code: str) -> str:
    """Write a code as people read it: ``KM7-XQ3T``, ``K7MX-3QWT``."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"


# Banks put spaces, hyphens, dots and line breaks wherever they like, and may glue a code to a word.
ANYWHERE = re.compile(
    "(?=("
    + "|".join(r"[\s./-]?".join(f"[{signs}]" for signs in (*places, SIGNS)) for places in LENGTHS.values())
    + "))",
    re.IGNORECASE,
)


def find_references(text: str) -> tuple[str, ...]:
    """Find the codes in what a bank wrote, each once, in order; a code with a wrong sign is none."""
    plain = unicodedata.normalize("NFKC", text)
    found = (re.sub(r"[\s./-]", "", hit[1]).upper() for hit in ANYWHERE.finditer(plain))
    return tuple(dict.fromkeys(code for code in found if is_reference(code)))
