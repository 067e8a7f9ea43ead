"""May an hour that a page states in UTC have been on the day beside by the site's own clock?

Where the host's country or the language tells the clocks that the site may go by, only those count; else those from
the west of the Americas to the east of Europe.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

ANYWHERE = (-8, 3)
_COUNTRIES = {
    "uk": (0, 1), "ie": (0, 1), "pt": (-1, 1), "es": (0, 2), "fr": (1, 2), "de": (1, 2), "at": (1, 2), "ch": (1, 2),
    "it": (1, 2), "nl": (1, 2), "be": (1, 2), "dk": (1, 2), "se": (1, 2), "no": (1, 2), "pl": (1, 2), "cz": (1, 2),
    "fi": (2, 3), "gr": (2, 3), "ro": (2, 3), "ua": (2, 3), "pe": (-5, -5), "ec": (-6, -5), "co": (-5, -5),
    "bo": (-4, -4), "cl": (-6, -3), "ar": (-3, -3), "uy": (-3, -3), "py": (-4, -3), "ve": (-5, -4), "br": (-5, -2),
    "mx": (-8, -5), "gt": (-6, -6), "hn": (-6, -6), "ni": (-6, -6), "sv": (-6, -6), "cr": (-6, -6), "cu": (-5, -4),
    "ca": (-8, -2), "au": (8, 11), "nz": (12, 13), "jp": (9, 9), "kr": (9, 9), "cn": (8, 8), "in": (5, 6), "za": (2, 2),
}  # fmt: skip
_LANGUAGES = {
    "de": (1, 2), "it": (1, 2), "nl": (1, 2), "da": (1, 2), "sv": (1, 2), "nb": (1, 2), "no": (1, 2), "pl": (1, 2),
    "cs": (1, 2), "sk": (1, 2), "sl": (1, 2), "hr": (1, 2), "hu": (1, 2), "ca": (1, 2), "eu": (1, 2), "fi": (2, 3),
    "el": (2, 3), "ro": (2, 3), "uk": (2, 3), "bg": (2, 3), "ja": (9, 9), "ko": (9, 9), "qu": (-5, -4), "ay": (-5, -4),
}  # fmt: skip
_UTC = re.compile(r"(?P<h>[0-2]\d):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?\s?(?:Z|[+-]00:?00|GMT|UTC)$")


def may_be_the_day_beside(said: str, address: str, language: str) -> bool:
    """Whether an instant in UTC lies on another day by one of the clocks that the site may go by."""
    found = _UTC.search(said.strip())
    if not found:
        return False
    first, last = _clocks(address, language)
    hour = int(found["h"])
    return hour + first < 0 or hour + last >= 24


def _clocks(address: str, language: str) -> tuple[int, int]:
    """The hours before and after UTC by which the site may go."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    country = host.rsplit(".", 1)[-1]
    region = language.lower().partition("-")[2]
    spoken = _LANGUAGES.get(language.lower().partition("-")[0], ANYWHERE)
    return _COUNTRIES.get(country) or _COUNTRIES.get({"gb": "uk"}.get(region, region)) or spoken
