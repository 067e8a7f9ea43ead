"""What does one row of a list from elsewhere say of a person, and whom may it be?

Words are known in English and Spanish, as mailing services, spreadsheets and payment services write them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pututu.lib.countries import read_country
from pututu.people.rules.addresses import AddressError, read_address, same_words

# What a column may be, and the headings by which it is guessed (``same_words``).
HEADINGS: dict[str, tuple[str, ...]] = {
    "email": (
        "email",
        "e mail",
        "email address",
        "e mail address",
        "mail",
        "correo",
        "correo electronico",
        "direccion de correo",
    ),
    "name": ("name", "full name", "display name", "nombre completo", "nombre y apellidos"),
    "title": ("title", "salutation", "tratamiento", "titulo"),
    "given_names": (
        "first name",
        "forename",
        "forenames",
        "given name",
        "given names",
        "nombre",
        "nombres",
        "fname",
    ),
    "family_name": ("last name", "surname", "family name", "apellido", "apellidos", "lname"),
    "address": (
        "address",
        "street",
        "street address",
        "address line 1",
        "address 1",
        "direccion",
        "domicilio",
        "calle",
    ),
    "town": ("town", "city", "town city", "ciudad", "localidad", "poblacion"),
    "postcode": ("postcode", "post code", "postal code", "zip", "zip code", "codigo postal", "cp"),
    "country": ("country", "country code", "pais"),
    "telephone": ("phone", "telephone", "mobile", "phone number", "telefono", "movil", "celular"),
    "language": ("language", "lang", "idioma", "lengua"),
    "tags": ("tags", "tag", "groups", "etiquetas", "grupos"),
    "notes": ("notes", "note", "comments", "notas", "comentarios"),
    "came_by": ("source", "how they came", "origin", "origen", "como llego"),
    "standing": (
        "status",
        "subscribed",
        "subscription",
        "email status",
        "member status",
        "estado",
        "suscrito",
        "suscripcion",
    ),
    "agreed_on": (
        "optin time",
        "opt in time",
        "confirm time",
        "consent date",
        "subscribed on",
        "date subscribed",
        "timestamp opt",
        "fecha de consentimiento",
        "fecha de alta",
    ),
    "agreed_where": ("optin ip", "opt in source", "consent source", "consent", "origen del consentimiento"),
}
COLUMNS = (
    "title",
    "given_names",
    "family_name",
    "address",
    "town",
    "postcode",
    "country",
    "telephone",
    "notes",
    "came_by",
)
LENGTHS = {
    "title": 20,
    "given_names": 120,
    "family_name": 120,
    "town": 80,
    "postcode": 16,
    "telephone": 40,
    "came_by": 200,
}


class Standing(StrEnum):
    """How somebody stands to a list that is brought in."""

    UNSAID = "unsaid"
    AGREED = "agreed"
    LEFT = "left"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


STANDING_WORDS = {
    Standing.AGREED: "subscribed active yes y si true 1 confirmed enabled suscrito activo alta confirmado",
    Standing.LEFT: "unsubscribed left no n false 0 optout removed inactive blocklisted blacklisted baja"
    " dado_de_baja desuscrito cancelado",
    Standing.BOUNCED: "bounced cleaned hard_bounce bounce undeliverable rebotado rebote devuelto",
    Standing.COMPLAINED: "complained spam abuse complaint queja denunciado",
    Standing.UNSAID: "pending unconfirmed non_subscribed transactional never unknown pendiente sin_confirmar",
}
STANDINGS = {word.replace("_", " "): each for each, words in STANDING_WORDS.items() for word in words.split()}


class Why(StrEnum):
    """Why a row is refused, matched or left to somebody; the words are ``rendering.WHY_WORDS``."""

    UNREADABLE = "unreadable"
    NOBODY = "nobody"
    NO_ADDRESS = "no-address"
    TOO_LONG = "too-long"
    NO_STANDING = "no-standing"
    NO_COUNTRY = "no-country"
    NO_DAY = "no-day"
    NOT_POSSIBLE_DAY = "not-possible-day"
    ERASED = "erased"
    SAME_ADDRESS_AND_NAME = "same-address-and-name"
    OTHER_NAME = "other-name"
    SAME_NAME_AND_POSTCODE = "same-name-and-postcode"
    NOTHING_CARRIED = "nothing-carried"
    FAILED = "failed"


class RowError(ValueError):
    """A row can't be brought in: why, and the text that is at fault."""

    def __init__(self, why: Why, text: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.text = text[:60]


@dataclass(frozen=True, slots=True)
class Terms:
    """What is said once for a whole list. ``wording`` and ``agreed_on`` are for those whom a status calls agreed."""

    purposes: tuple[str, ...] = ()
    language: str = "en"
    wording: str = ""
    agreed_on: dt.date | None = None
    is_day_first: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One row, read: columns of a person that are not empty, and how the person stands to the list."""

    name: str
    email: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    tags: tuple[str, ...] = ()
    standing: Standing = Standing.UNSAID
    agreed_on: dt.date | None = None
    agreed_where: str = ""
    has_own_name: bool = True


def guess(heading: str) -> str:
    """The name of what a column of this heading holds, or "" for one to leave out."""
    words = same_words(heading)
    return next((name for name, headings in HEADINGS.items() if words in headings), "")


def read_row(cells: Sequence[str], mapping: Mapping[str, str], terms: Terms, *, today: dt.date) -> Row:
    """Read one row; ``mapping`` names what the column of an index (as text) holds. Raises RowError."""
    said: dict[str, str] = {}
    for index, name in mapping.items():
        cell = cells[int(index)] if int(index) < len(cells) else ""
        if name and cell:
            said[name] = f"{said[name]}, {cell}" if name in said else cell
    email = _read_email(said.get("email", ""))
    name = said.get("name") or " ".join(filter(None, [said.get("given_names"), said.get("family_name")]))
    if not name and not email:
        raise RowError(Why.NOBODY)
    agreed_on = _read_day(said["agreed_on"], terms, today) if "agreed_on" in said else None
    return Row(
        name=" ".join((name or email).split())[:200],
        email=email,
        columns={each: _fitting(each, said[each]) for each in COLUMNS if each in said},
        language=_read_language(said.get("language", "")),
        tags=tuple(
            dict.fromkeys(
                " ".join(tag.split())[:60] for tag in re.split("[,;]", said.get("tags", "")) if tag.strip()
            )
        ),
        standing=_read_standing(said.get("standing", "")),
        agreed_on=agreed_on,
        agreed_where=said.get("agreed_where", "")[:300],
        has_own_name=bool(name),
    )


def _read_email(text: str) -> str:
    try:
        return read_address(text) if text else ""
    except AddressError as problem:
        raise RowError(Why.NO_ADDRESS, text) from problem


def _fitting(name: str, text: str) -> str:
    if name == "country":
        code = read_country(text)
        if not code:
            raise RowError(Why.NO_COUNTRY, text)
        return code
    if len(text) > LENGTHS.get(name, 10_000):
        raise RowError(Why.TOO_LONG, text)
    return text


def _read_language(text: str) -> str:
    known = {
        "en": "en",
        "english": "en",
        "ingles": "en",
        "es": "es",
        "spanish": "es",
        "espanol": "es",
        "castellano": "es",
    }
    return known.get(same_words(text).split(" ")[0], "") if text else ""


def _read_standing(text: str) -> Standing:
    """How somebody stands; a word that nobody knows is refused, for it may be a way to say that somebody left."""
    if not text:
        return Standing.UNSAID
    found = STANDINGS.get(same_words(text))
    if found is None:
        raise RowError(Why.NO_STANDING, text)
    return found


def _read_day(text: str, terms: Terms, today: dt.date) -> dt.date:
    """A day in ISO 8601 or with slashes, dots or hyphens; a time behind it is left out. Raises RowError."""
    iso = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", text)
    plain = re.match(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)", text)
    try:
        if iso:
            day = dt.date(*map(int, iso.groups()))
        elif plain:
            one, two, year = map(int, plain.groups())
            day = dt.date(year, two, one) if terms.is_day_first else dt.date(year, one, two)
        else:
            raise ValueError
    except ValueError as problem:
        raise RowError(Why.NO_DAY, text) from problem
    if day > today or day.year < 1990:
        raise RowError(Why.NOT_POSSIBLE_DAY, text)
    return day


# --- whom may it be?


class Verdict(StrEnum):
    """What happens with a row."""

    ADD = "add"
    MATCH = "match"
    DECIDE = "decide"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant: a record, or an earlier line of the list (then ``person`` is None)."""

    person: int | None
    name: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a row's address and name."""

    is_erased: bool = False
    at_address: tuple[Candidate, ...] = ()
    of_name_and_postcode: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, why, and who is meant."""

    verdict: Verdict
    why: Why | None = None
    candidate: Candidate | None = None


def judge(row: Row, known: Known) -> Judgement:
    """Decide whom a row is about; where it may be two people, or one, somebody decides.

    Who asked to be erased is not brought in again. The same address and name are the same person; the same address
    under another name may be a household, the same name and postcode may be father and son.
    """
    if known.is_erased:
        return Judgement(Verdict.REFUSE, Why.ERASED)
    alike = [each for each in known.at_address if same_words(each.name) == same_words(row.name)]
    if len(known.at_address) == 1 and not row.has_own_name:
        alike = list(known.at_address)
    if len(alike) == 1:
        return Judgement(Verdict.MATCH, Why.SAME_ADDRESS_AND_NAME, alike[0])
    if known.at_address:
        return Judgement(Verdict.DECIDE, Why.OTHER_NAME, known.at_address[0])
    if known.of_name_and_postcode:
        return Judgement(Verdict.DECIDE, Why.SAME_NAME_AND_POSTCODE, known.of_name_and_postcode[0])
    return Judgement(Verdict.ADD)


def may_carry_agreement(row: Row, terms: Terms) -> dt.date | None:
    """The day from which a carried-in agreement counts, or None where nobody could show it later.

    Either the row has its day and where it was given, or the words and the day are stated for the whole list.
    """
    if row.standing is not Standing.AGREED or not terms.purposes:
        return None
    if row.agreed_on and (row.agreed_where or terms.wording):
        return row.agreed_on
    return terms.agreed_on if terms.wording else None
