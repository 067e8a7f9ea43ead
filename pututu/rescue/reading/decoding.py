"""Which text do the bytes of an old page mean, whatever it says of its encoding?

Bytes that are UTF-8 are read so. Else what the page declares is tried, then what charset-normalizer finds. Text that
an earlier move of the site damaged (UTF-8 read as Windows-1252 and saved again, Windows-1252 read as Mac Roman, Greek
letters among Latin ones) is mended only where the signs of that damage stand: good text is never touched.
"""

from __future__ import annotations

import codecs
import re

import charset_normalizer
import ftfy

from pututu.rescue.reading.lines import MEANT

SAMPLE = 65_536
LENIENT = "as-windows-1252"
_DECLARED = re.compile(
    rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]+encoding=["']([\w.:-]+)""", re.I
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_AS_BROWSERS_DO = MEANT | {"ascii": "cp1252", "utf-8": "utf-8"}

# é á ó ú ê and ’ in Mac Roman inside a word; as Windows-1252 no word has Ž ‡ — œ Õ there.
_MAC_IN_WORD = re.compile(
    rb"[a-zA-Z][\x87\x8e\x97\x9c](?=[a-z])|[a-z][\x87\x8e\x97\x9c](?=[ ,.;])|[a-z]\xd5(?=[a-z])"
)
_LATIN_IN_WORD = re.compile(rb"[a-zA-Z][\xe1\xe9\xed\xf3\xfa\xf1]")
_TWICE = re.compile("Ã[\u0080-\u00bf\u2010-\u2122Šš]|Â[\u00a0-\u00bf]|â[€‚\u0080]|ï»¿")
_GREEK = str.maketrans("άέίόύ", "áéíóú")
_GREEK_IN_LATIN = re.compile(r"(?<=[a-zA-Z])[άέίόύ]|[άέίόύ](?=[a-zA-Z])")
_MAC_READ = re.compile(
    r"\b(?!(?i:pa|ra|ma|an|franc|ingl|portugu)ís\b)([A-Za-z]{2,})í(?=s\b)|\b([A-Za-z]+n)í(?=t\b)"
)
_MAC_DASH = re.compile(r"(?<=\s)ñ(?=\s)")
_MAC_QUOTED = re.compile(r"ì(?=\w)([^ìî]{1,400})î")
_ENGLISH = re.compile(r"\b(?:the|and|of|to|is|was|that|with)\b", re.I)
_SPANISH = re.compile(r"\b(?:el|la|los|que|de|en|y|por|con|una?)\b", re.I)


def decode_page(content: bytes, *, header: str = "") -> str:
    """Give the text of a page; ``header`` is what the server said of its content type. Never fails."""
    return mend(_decoded(content, header).replace("\x00", ""))


def unmended(content: bytes, *, header: str = "") -> str:
    """The text as it stands, damages and all."""
    return _decoded(content, header).replace("\x00", "")


def _decoded(content: bytes, header: str) -> str:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    named = _named(content, header)
    if named == "utf-8":
        return content.decode("utf-8", LENIENT)
    if _is_mac_roman(content):
        return content.decode("mac_roman")
    for encoding in (named, "cp1252" if not named else "", _found(content)):
        if encoding:
            try:
                return content.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                continue
    return content.decode("cp1252", "replace")


def _named(content: bytes, header: str) -> str:
    """The codec that the server or the page names, as browsers mean it; "" for none that is known."""
    said = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", header, re.I)
    inside = _DECLARED.search(content[:4096])
    names = [said[1]] if said else []
    names += [next(each for each in inside.groups() if each).decode("ascii", "replace")] if inside else []
    for name in names:
        try:
            found = codecs.lookup(name).name
        except LookupError:
            continue
        return _AS_BROWSERS_DO.get(found, found)
    return ""


def _is_mac_roman(content: bytes) -> bool:
    signs = len(_MAC_IN_WORD.findall(content))
    return signs >= 2 and signs > 2 * len(_LATIN_IN_WORD.findall(content))


def _found(content: bytes) -> str:
    best = charset_normalizer.from_bytes(content[:SAMPLE]).best()
    return best.encoding if best else ""


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """A page in UTF-8 with a paragraph pasted in Windows-1252: those bytes are read as such."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(LENIENT, _as_windows_1252)


def mend(text: str) -> str:
    """Undo damage of earlier moves where its signs stand; all other lines stay as they are."""
    if text.isascii():
        return text
    if any(sign in text for sign in "ÃÂâ") and _TWICE.search(text):
        text = "\n".join(
            ftfy.fix_encoding(line) if _TWICE.search(line) else line for line in text.split("\n")
        )
    if any(letter in text for letter in "άέίόύ"):
        text = _GREEK_IN_LATIN.sub(lambda found: found[0].translate(_GREEK), text)
    if "ís" in text or "ít" in text or "ì" in text:
        text = "\n".join(_mend_mac(line) if "í" in line or "ì" in line else line for line in text.split("\n"))
    return text


def _mend_mac(line: str) -> str:
    """Windows-1252 that was read as Mac Roman, in an English line: “Peruís” was “Peru’s”, “ ñ ” a dash."""
    if len(_ENGLISH.findall(line)) <= len(_SPANISH.findall(line)):
        return line
    line = _MAC_READ.sub(lambda found: f"{found[1] or found[2]}’", line)
    return _MAC_DASH.sub("–", _MAC_QUOTED.sub(r"“\1”", line))
