"""What may be found when a sender's records in the DNS are looked over, and how bad is it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Ask = Callable[[str, str], list[str]]
"""Asks for the records of a name of one type; none where there are none. Raises NotAsked."""


class NotAsked(Exception):
    """Nobody answered: without a network nothing is known, and nothing is wrong."""


class Level(StrEnum):
    FINE = "fine"
    ADVICE = "advice"
    FAULT = "fault"
    UNKNOWN = "unknown"


class Code(StrEnum):
    """What was found. The first word says of which record."""

    SPF_FINE = "spf-fine"
    SPF_NONE = "spf-none"
    SPF_SEVERAL = "spf-several"
    SPF_SYNTAX = "spf-syntax"
    SPF_TOO_MANY = "spf-too-many"
    SPF_ALLOWS_ALL = "spf-allows-all"
    SPF_OPEN_END = "spf-open-end"
    SPF_NOT_OUR_SERVER = "spf-not-our-server"
    SPF_UNKNOWN = "spf-unknown"
    DKIM_FINE = "dkim-fine"
    DKIM_ELSEWHERE = "dkim-elsewhere"
    DKIM_NONE = "dkim-none"
    DKIM_SEVERAL = "dkim-several"
    DKIM_BROKEN = "dkim-broken"
    DKIM_REVOKED = "dkim-revoked"
    DKIM_WEAK = "dkim-weak"
    DKIM_SHORT = "dkim-short"
    DKIM_OTHER_KEY = "dkim-other-key"
    DKIM_TESTING = "dkim-testing"
    DKIM_UNKNOWN = "dkim-unknown"
    DMARC_FINE = "dmarc-fine"
    DMARC_NONE = "dmarc-none"
    DMARC_SEVERAL = "dmarc-several"
    DMARC_SYNTAX = "dmarc-syntax"
    DMARC_WATCHES = "dmarc-watches"
    DMARC_UNALIGNED = "dmarc-unaligned"
    DMARC_UNKNOWN = "dmarc-unknown"
    MX_FINE = "mx-fine"
    MX_NONE = "mx-none"
    MX_UNKNOWN = "mx-unknown"


ADVICE = {
    Code.SPF_OPEN_END,
    Code.SPF_NOT_OUR_SERVER,
    Code.DKIM_ELSEWHERE,
    Code.DKIM_SHORT,
    Code.DKIM_TESTING,
    Code.DMARC_WATCHES,
}


@dataclass(frozen=True, slots=True)
class Found:
    """One finding about the record at ``name``; ``detail`` is what stands there, or the word that is wrong."""

    code: Code
    name: str
    detail: str = ""

    @property
    def level(self) -> Level:
        if self.code.endswith("-fine"):
            return Level.FINE
        if self.code.endswith("-unknown"):
            return Level.UNKNOWN
        return Level.ADVICE if self.code in ADVICE else Level.FAULT
