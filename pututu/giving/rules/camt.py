"""How is a CAMT.053 statement (ISO 20022) read?

By defusedxml, which refuses what XML can be attacked with: documents that bring entities or definitions of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from pututu.giving.rules.days import NotADay, read_day
from pututu.giving.rules.lines import MAX_LINES, RawLine, Reading, Refused, StatementError, Wrong
from pututu.lib.money import MoneyError, read_money


def read_camt(content: bytes, *, currency: str) -> Reading:
    """Read the booked entries of a CAMT.053 file, each transaction of a batch for itself. Raises StatementError."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise StatementError(Refused.UNSAFE) from error
    except (ParseError, ValueError, LookupError) as error:
        raise StatementError(Refused.BROKEN, str(error)[:80]) from error
    reading = Reading()
    entries = [each for each in root.iter() if _name(each) == "Ntry"]
    if not entries:
        raise StatementError(Refused.NO_LINES)
    if len(entries) > MAX_LINES:
        raise StatementError(Refused.TOO_MANY)
    for number, entry in enumerate(entries, start=1):
        _read_entry(reading, number, entry, currency)
    return reading


def _read_entry(reading: Reading, number: int, entry: Element, currency: str) -> None:
    state = _text(entry, "Sts", "Cd") or _text(entry, "Sts")
    if state and state != "BOOK":
        return None  # only announced: it comes again when it is booked
    written = _text(entry, "BookgDt", "Dt") or _text(entry, "BookgDt", "DtTm") or _text(entry, "ValDt", "Dt")
    try:
        day = read_day(written)
    except NotADay:
        return reading.trouble(number, Wrong.BAD_DATE, written)
    for amount, part in _parts(entry):
        if amount.get("Ccy", currency) != currency:
            reading.trouble(number, Wrong.CURRENCY, f"{amount.text} {amount.get('Ccy')}")
            continue
        try:
            minor = read_money((amount.text or "").strip(), currency).minor * _direction(entry, part)
        except MoneyError:
            reading.trouble(number, Wrong.BAD_AMOUNT, amount.text or "")
            continue
        if not minor:
            reading.trouble(number, Wrong.NO_AMOUNT, amount.text or "")
            continue
        reading.lines.append(RawLine(number, day, minor, _words(entry, part), _payer(part)))
    return None


def _parts(entry: Element) -> Iterator[tuple[Element, Element]]:
    """The transactions of an entry with their amounts, where together they are the whole of it; else the entry."""
    whole = _at(entry, "Amt")
    parts = [each for each in entry.iter() if _name(each) == "TxDtls"]
    amounts = [_first(part, "Amt") for part in parts]
    known = [amount for amount in amounts if amount is not None]
    if len(parts) > 1 and whole is not None and len(known) == len(parts) and _sum(known) == _sum([whole]):
        yield from zip(known, parts, strict=True)
    else:
        yield (whole if whole is not None else Element("Amt")), entry


def _sum(amounts: list[Element]) -> int | None:
    try:
        return sum(read_money((each.text or "").strip(), each.get("Ccy", "GBP")).minor for each in amounts)
    except MoneyError:
        return None


def _direction(entry: Element, part: Element) -> int:
    """1 for money in, −1 for money out: CAMT says so beside an amount that has no sign.

    A reversal (``RvslInd``) carries the direction of its own booking, as the guidelines of ISO 20022 have it.
    """
    said = _text(part, "CdtDbtInd") or _text(entry, "CdtDbtInd")
    return -1 if said == "DBIT" else 1


def _words(entry: Element, part: Element) -> str:
    found = [each.text or "" for each in part.iter() if _name(each) in ("Ustrd", "Ref", "AddtlTxInf")]
    found += [each.text or "" for each in part.iter() if _name(each) == "EndToEndId"]
    words = [word.strip() for word in (_payer(part), *found, _text(entry, "AddtlNtryInf"))]
    return " ".join(word for word in dict.fromkeys(words) if word and word != "NOTPROVIDED")


def _payer(part: Element) -> str:
    debtor = next((each for each in part.iter() if _name(each) == "Dbtr"), None)
    name = None if debtor is None else _first(debtor, "Nm")
    return ((name.text if name is not None else "") or "").strip()


# --- the same names whatever the version's namespace


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _at(element: Element, *path: str) -> Element | None:
    """The child along ``path``, or None."""
    found: Element | None = element
    for step in path:
        found = next((each for each in (found if found is not None else ()) if _name(each) == step), None)
    return found


def _first(element: Element, *path: str) -> Element | None:
    """The first element below, however deep, that ``path`` leads to, or None."""
    for each in element.iter():
        if _name(each) == path[0]:
            found = _at(each, *path[1:])
            if found is not None:
                return found
    return None


def _text(element: Element, *path: str) -> str:
    found = _at(element, *path)
    return ((found.text if found is not None else "") or "").strip()
