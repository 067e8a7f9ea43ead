"""Which words of a text count as the same word?

Words are compared without capitals and accents, and by their stem (Snowball, https://snowballstem.org) in the
language of the text. Stemming comes after folding, so that "minería" and "mineria" can't part.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LONGEST_WORD = 60
ALGORITHMS = {
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "sv": "swedish",
}
ENGLISH = """
a an and are as at be been but by can do for from had has have he her his how i if in into is it its no not
of on or our she so that the their them there these they this to was we were what when where which who whose
why will with you your
"""
SPANISH = """
a al ante como con contra cual cuando de del desde donde e el ella ellos en entre era es esa ese eso esta
este esto fue ha hay la las le les lo los mas me mi muy ni no nos o para pero por porque que quien se ser si
sin sobre son su sus tambien te tu u un una uno y ya yo
"""
STOP_WORDS = {"en": frozenset(ENGLISH.split()), "es": frozenset(SPANISH.split())}

_stemmers = threading.local()


class _FlatLetters(dict[int, str]):
    """Maps each letter to its plain small form, one letter for one, so that places in the text are kept."""

    def __missing__(self, code: int) -> str:
        small = chr(code).lower()[:1]
        plain = unicodedata.normalize("NFD", small)[:1]
        self[code] = "'" if plain in "’ʼ" else plain
        return self[code]


_FLAT = _FlatLetters()


def flat(text: str) -> str:
    """Return ``text`` (composed, NFC) in small letters without accents; the length stays the same."""
    return text.translate(_FLAT)


def composed(text: str) -> str:
    """Return ``text`` with each accented letter as one character (NFC), which ``flat`` asks for."""
    return unicodedata.normalize("NFC", text)


def words(text: str) -> list[str]:
    """Return the flat words of ``text`` in their order; very long ones are cut."""
    return [word[:LONGEST_WORD] for word in WORD.findall(flat(composed(text)))]


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a flat ``word``; a language that Snowball doesn't know keeps the word."""
    algorithm = ALGORITHMS.get(language)
    found = _stemmer(algorithm).stemWord(word) if algorithm else word
    found = found.replace("'", "") or word
    return _spanish_rest(found) if language == "es" else found


def stems(text: str, language: str) -> str:
    """Return the stems of ``text``, parted by spaces, in their order."""
    return " ".join(stem(word, language) for word in words(text))


def language_mark(language: str) -> str:
    """A word that stands in the index of every text in ``language``, and in no text."""
    return f"0{language.replace('-', '')}0"


def is_stop_word(word: str, language: str) -> bool:
    return word in STOP_WORDS.get(language, frozenset())


def _stemmer(algorithm: str) -> snowballstemmer.stemmer:
    # A stemmer holds the word it works on: each thread has its own.
    known: dict[str, snowballstemmer.stemmer] = _stemmers.__dict__
    if algorithm not in known:
        known[algorithm] = snowballstemmer.stemmer(algorithm)
    return known[algorithm]


def _spanish_rest(stemmed: str) -> str:
    """Take off what Snowball leaves on words that lost their accents: "mineri(a)", "anos"."""
    if len(stemmed) > 3 and stemmed[-1] == "s" and stemmed[-2] in "aeo":
        stemmed = stemmed[:-1]
    return stemmed[:-1] if len(stemmed) > 5 and stemmed[-1] == "i" else stemmed
