"""When are two writings one address, or one name?"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from pututu.lib.telling import Told, gettext_noop

LATELY = 1000  # so many answers are kept: who brings a list in asks the same of each line many times
NO_ADDRESS = gettext_noop("“%(text)s” is no e-mail address; it looks like name@example.org.")


class AddressError(Told):
    """A text is no e-mail address."""


def read_address(text: str) -> str:
    """Tidy an e-mail address as people type it; the domain in small letters, the rest as they write it (RFC 5321 2.4).

    Raises AddressError for what cannot be one.
    """
    bare = unicodedata.normalize("NFC", text).strip().strip("<>")
    bare = bare[len("mailto:") :] if bare.lower().startswith("mailto:") else bare
    local, at, domain = bare.rpartition("@")
    labels = domain.rstrip(".").split(".")
    is_sound = at and 0 < len(local.encode()) <= 64 and len(bare.encode()) <= 254 and len(labels) > 1
    if not is_sound or not all(_is_label(each) for each in labels) or not _is_local_part(local):
        raise AddressError(NO_ADDRESS, code="no-address", text=text.strip()[:80])
    return f"{local}@{domain.rstrip('.').lower()}"


def _is_label(label: str) -> bool:
    inside = label.replace("-", "")
    return bool(inside) and len(label) <= 63 and inside.isalnum() and label[0] != "-" and label[-1] != "-"


def _is_local_part(local: str) -> bool:
    """A dot-atom (RFC 5322 3.2.3, with RFC 6531's letters of all scripts); quoted local parts are not taken."""
    atoms = local.split(".")
    return all(
        atom and all(sign.isalnum() or sign in "!#$%&'*+-/=?^_`{|}~" for sign in atom) for atom in atoms
    )


@lru_cache(LATELY)
def fold_address(address: str) -> str:
    """The form by which two writings of one address are known as the same: in practice no server heeds case."""
    return read_address(address).casefold()


def bare_postcode(postcode: str) -> str:
    """A postcode for comparing: without spaces, in capitals."""
    return "".join(postcode.split()).upper()[:16]


def likeness(name: str, postcode: str) -> str:
    """What two records have alike that may be one person's: the name with the postcode; "" where there is none."""
    bare = bare_postcode(postcode)
    return f"{same_words(name)[:200]}|{bare}" if bare else ""


@lru_cache(LATELY)
def same_words(name: str) -> str:
    """A name for comparing: no case, no accents, one space, no punctuation."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign))
    return " ".join(letters.split())
