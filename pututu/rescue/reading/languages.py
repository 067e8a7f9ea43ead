"""In which language is a page written: what it says itself, else by its small words?"""

from __future__ import annotations

import re


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_WORDS = {
    "en": _words("the and of to in is that for was with on are this by has have from which"),
    "es": _words("el la los las que de en y por con una se para del su al es lo como más"),
    "pt": _words("o a os as que de em e por com uma se para do da não ao no na"),
    "fr": _words("le la les des que de en et par avec une se pour du au est dans sur"),
    "de": _words("der die das und ist von mit den im für auf ein eine nicht zu dem des"),
    "qu": _words("kay chay huk mana hina wan pas taq manam kaq"),
}
ENOUGH = 8
_SUBTAG = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*")


def language_of(said: str, text: str) -> str:
    """The language tag in lower case; "" where neither the page nor its words say.

    Words outvote a page that says "en" because its template did: the text is what is read.
    """
    named = said.strip().lower().replace("_", "-") if _SUBTAG.fullmatch(said.strip()) else ""
    by_words = _by_words(text)
    if by_words and named.split("-")[0] != by_words and by_words in ("en", "es"):
        return by_words
    return named or by_words


def _by_words(text: str) -> str:
    words = re.findall(r"[^\W\d_]+", text[:6000].lower())
    counts = {code: sum(word in small for word in words) for code, small in _WORDS.items()}
    best, second = sorted(counts, key=lambda code: -counts[code])[:2]
    return best if counts[best] >= ENOUGH and counts[best] > 1.25 * counts[second] else ""
