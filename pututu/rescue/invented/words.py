"""With which words, and under which date lines, does an invented old site speak?"""

from __future__ import annotations

import datetime as dt
import random

MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
}
WHO = {
    "en": (
        "Villagers",
        "The mayor of Ayaviri",
        "Teachers in Puno",
        "Families of the missing",
        "A river committee",
    ),
    "es": (
        "Comuneros",
        "El alcalde de Ayaviri",
        "Maestros de Puno",
        "Familiares de desaparecidos",
        "Un comité del río",
    ),
}
DID = {
    "en": (
        "ask for clean water",
        "win a case in Lima",
        "stop a road",
        "meet the ombudsman",
        "plant ten thousand trees",
    ),
    "es": (
        "piden agua limpia",
        "ganan un juicio en Lima",
        "detienen una carretera",
        "se reúnen con la Defensoría",
        "siembran árboles",
    ),
}
WHERE = {
    "en": (
        "in the highlands",
        "near Cusco",
        "on the coast",
        "in the forest",
        "by the lake",
        "above the mine",
    ),
    "es": ("en la sierra", "cerca del Cusco", "en la costa", "en la selva", "junto al lago", "sobre la mina"),
}
SENTENCES = {
    "en": (
        "Peru’s ministry said that it would look into the matter, and asked for patience.",
        "Nobody had told the people who live there, who heard of it from the radio.",
        "“We were here before the company,” said one of them, who asked not to be named.",
        "The group’s partners in Lima follow the case and will tell what becomes of it.",
        "A first hearing came to nothing, since the papers had been lost on the way.",
        "The price of the work is not known, and the contract has not been published.",
    ),
    "es": (
        "El ministerio dijo que estudiaría el caso y pidió paciencia a la población.",
        "Nadie había avisado a quienes viven allí, que se enteraron por la radio.",
        "«Estábamos aquí antes que la empresa», dijo uno de ellos, que pidió reserva.",
        "Las organizaciones amigas en Lima siguen el caso y contarán qué resulta de él.",
        "La primera audiencia no llegó a nada, porque los papeles se habían extraviado.",
        "No se conoce el costo de la obra, y el contrato no se ha publicado todavía.",
    ),
}
STAND_INS = ("31 December 1969", "30 November -1", "", "1 January 1970", "0000-00-00")


def headline(number: int, language: str, chance: random.Random) -> str:
    """A title of which there is only one: the number of its case stands in it."""
    who, did, where = (chance.choice(words[language]) for words in (WHO, DID, WHERE))
    return f"{who} {did} {where} ({'case' if language == 'en' else 'caso'} {number})"


def sentences(language: str, count: int, chance: random.Random) -> str:
    return " ".join(chance.choices(SENTENCES[language], k=count))


def date_line(day: dt.date, language: str, chance: random.Random) -> tuple[str, str]:
    """A date as an old site prints it, and the EDTF of what that says: mostly the day, sometimes only the month."""
    month = MONTHS[language][day.month - 1]
    if language == "es":
        return f"{day.day} de {month} de {day.year}", day.isoformat()
    shapes = (
        (f"{day.day} {month} {day.year}", day.isoformat()),
        (f"{day.day:02} {month} {day.year}", day.isoformat()),
        (f"{day.day} {month.upper()} {day.year}", day.isoformat()),
        (f". {day.day} {month} {day.year}", day.isoformat()),
        (f"Update {day.year - 1900}. {day.day} {month} {day.year}", day.isoformat()),
        (f"Peru News 065. {day.day} {month} {day.year}", day.isoformat()),
        (f"{month} {day.year}", f"{day:%Y-%m}"),
    )
    return chance.choices(shapes, weights=(50, 15, 10, 5, 8, 6, 6))[0]
