"""Which country does a text mean, what is it called in a language, and when does an envelope name it?"""

from __future__ import annotations

from functools import lru_cache

from pututu.lib.country_names import COUNTRIES
from pututu.lib.text import fold

# What people write besides the names: older ones, parts of the United Kingdom, short forms (``_plain``).
ALSO = {
    "GB": "uk;u k;england;scotland;wales;northern ireland;great britain;britain;inglaterra;escocia;gales;"
    "irlanda del norte;gran bretana",
    "US": "u s;u s a;ee uu;eeuu;united states of america;the united states;estados unidos de america",
    "IE": "eire;republic of ireland;republica de irlanda",
    "NL": "holland;the netherlands;holanda",
    "CZ": "czech republic;republica checa",
    "MM": "burma;birmania",
    "TR": "turkey",
    "SZ": "swaziland;swazilandia;suazilandia",
    "MK": "macedonia",
    "CV": "cabo verde",
    "CI": "ivory coast",
    "TL": "east timor",
    "RU": "russian federation;federacion rusa;federacion de rusia",
    "KR": "korea;republic of korea;corea;republica de corea",
    "VA": "holy see;vatican;vaticano;santa sede",
    "CD": "dr congo;drc",
    "CG": "republic of the congo;republica del congo",
    "SA": "arabia saudita",
    "RO": "rumania",
    "BO": "plurinational state of bolivia;estado plurinacional de bolivia",
    "VE": "bolivarian republic of venezuela;republica bolivariana de venezuela",
    "IR": "islamic republic of iran",
    "SY": "syrian arab republic",
    "PS": "palestinian territories;state of palestine;territorios palestinos",
    "AE": "uae;u a e",
    "BS": "the bahamas;las bahamas",
    "GM": "the gambia",
    "PE": "republica del peru;republic of peru",
    "FK": "islas falkland",
}
NAMES = {"en": {code: name for code, _iso, name, _es in COUNTRIES}}
NAMES["es"] = {code: name for code, _iso, _en, name in COUNTRIES}


def country_name(code: str, language: str) -> str:
    """What a country is called in ``language``, or else in English; a code that nobody knows stays itself."""
    return _names(language).get(code, code)


def countries_in(language: str) -> list[tuple[str, str]]:
    """All countries as pairs of code and name, in the order in which somebody who reads ``language`` seeks them."""
    return sorted(_names(language).items(), key=lambda pair: fold(pair[1]))


def read_country(text: str) -> str:
    """The code of the country that ``text`` means: a name in any of our languages, or a code; "" for one not known."""
    return _known().get(_plain(text), "")


def postal_country(code: str, *, home: str) -> str:
    """The last line of an address as the Universal Postal Union asks for it: in capitals, in English, and only abroad.

    ``home`` is the code of the country that the letter is posted in; "" as ``code`` is the same country.
    Source: UPU, "Addressing the world": the country of destination in capitals on the last line, in a language that
    is known internationally, for items that cross a border.
    """
    return "" if code in ("", home) else country_name(code, "en").upper()


def _names(language: str) -> dict[str, str]:
    return NAMES.get(language.lower().replace("_", "-").split("-")[0], NAMES["en"])


def _plain(text: str) -> str:
    """A name for comparing: no case, no accents, no punctuation, "and" for "&"."""
    letters = "".join(sign if sign.isalnum() else " " for sign in fold(text.replace("&", " and ")))
    return " ".join(letters.split()).replace("saint ", "st ")


@lru_cache(1)
def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, three, *names in COUNTRIES:
        for text in (code, three, *names, *ALSO.get(code, "").split(";")):
            found.setdefault(_plain(text), code)
    found.pop("", None)
    return found
