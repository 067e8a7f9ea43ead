"""Which words does each language have for dates?

Months are capitalised in English only; everything else is in lower case, and the caller capitalises a
sentence.
"""

from dataclasses import dataclass

THIRDS = ((1, 10), (11, 20), (21, 31))  # early, mid, late: the days of a month that each covers at most


@dataclass(frozen=True)
class Vocabulary:
    """The words and patterns of one language; ``{x}`` and ``{y}`` stand for dates."""

    months: tuple[str, ...]
    groupings: dict[int, str]  # EDTF sub-year grouping -> name with {year}
    thirds: tuple[str, str, str]
    phrases: dict[str, str]


_QUARTERS_EN = {
    33 + n: f"{name} quarter of {{year}}" for n, name in enumerate(("first", "second", "third", "fourth"))
}
_QUADRIMESTERS_EN = {
    37 + n: f"{name} four months of {{year}}" for n, name in enumerate(("first", "middle", "last"))
}
_HALVES_EN = {40 + n: f"{name} half of {{year}}" for n, name in enumerate(("first", "second"))}
_QUARTERS_ES = {
    33 + n: f"{name} trimestre de {{year}}"
    for n, name in enumerate(("primer", "segundo", "tercer", "cuarto"))
}
_QUADRIMESTERS_ES = {
    37 + n: f"{name} cuatrimestre de {{year}}" for n, name in enumerate(("primer", "segundo", "tercer"))
}
_HALVES_ES = {40 + n: f"{name} semestre de {{year}}" for n, name in enumerate(("primer", "segundo"))}


def _seasons(names: tuple[str, ...], join: str, hemispheres: tuple[str, str]) -> dict[int, str]:
    """Name the groupings 21 to 32: four seasons each without a hemisphere, northern and southern."""
    ends = ("", f" ({hemispheres[0]})", f" ({hemispheres[1]})")
    return {
        21 + 4 * set_ + n: f"{name}{join}{{year}}{end}"
        for set_, end in enumerate(ends)
        for n, name in enumerate(names)
    }


ENGLISH = Vocabulary(
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    groupings=_seasons(
        ("spring", "summer", "autumn", "winter"), " ", ("Northern Hemisphere", "Southern Hemisphere")
    ) | _QUARTERS_EN | _QUADRIMESTERS_EN | _HALVES_EN,
    thirds=("early {x}", "mid-{x}", "late {x}"),
    phrases={
        "unknown": "date unknown",
        "day": "{day} {x}",
        "month": "{month} {year}",
        "no year": "{x}, year unknown",
        "bc": "{year} BC",
        "ad": "{year} AD",
        "decade": "{year}s",
        "century": "{number} century",
        "approximate": "about {x}",
        "uncertain": "possibly {x}",
        "both": "possibly about {x}",
        "between": "between {x} and {y}",
        "to": "{x}–{y}",
        "before": "before {x}",
        "after": "after {x}",
        "no later": "no later than {x}",
        "no earlier": "no earlier than {x}",
        "from": "from {x}",
        "until": "until {x}",
        "from, end unknown": "from {x}, end unknown",
        "until, beginning unknown": "until {x}, beginning unknown",
        "or": "or",
        "and": "and",
        "day not known": "day not known",
        "day and month not known": "day and month not known",
    },
)  # fmt: skip

SPANISH = Vocabulary(
    months=(
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
    groupings=_seasons(
        ("primavera", "verano", "otoño", "invierno"), " de ", ("hemisferio norte", "hemisferio sur")
    ) | _QUARTERS_ES | _QUADRIMESTERS_ES | _HALVES_ES,
    thirds=("principios de {x}", "mediados de {x}", "fines de {x}"),
    phrases={
        "unknown": "fecha desconocida",
        "day": "{day} de {x}",
        "month": "{month} de {year}",
        "no year": "{x}, año desconocido",
        "bc": "{year} a. C.",
        "ad": "{year} d. C.",
        "decade": "década de {year}",
        "century": "siglo {number}",
        "approximate": "hacia {x}",
        "uncertain": "posiblemente {x}",
        "both": "posiblemente hacia {x}",
        "between": "entre {x} y {y}",
        "to": "{x}–{y}",
        "before": "antes de {x}",
        "after": "después de {x}",
        "no later": "no después de {x}",
        "no earlier": "no antes de {x}",
        "from": "desde {x}",
        "until": "hasta {x}",
        "from, end unknown": "desde {x}, fin desconocido",
        "until, beginning unknown": "hasta {x}, inicio desconocido",
        "or": "o",
        "and": "y",
        "day not known": "día desconocido",
        "day and month not known": "día y mes desconocidos",
    },
)  # fmt: skip

VOCABULARIES = {"en": ENGLISH, "es": SPANISH}


def language_code(language: str | None) -> str:
    """Give the code of the vocabulary to use for ``language`` ("es-pe" gives "es"); English for any other."""
    code = (language or "en").lower().replace("_", "-").split("-")[0]
    return code if code in VOCABULARIES else "en"
