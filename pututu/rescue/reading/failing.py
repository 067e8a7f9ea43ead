"""Did the old site fail here, though its server said that all is well: nothing found, no entry, a broken program?"""

from __future__ import annotations

import re

from pututu.lib.text import fold

_MISSING = (
    r"(?:not found|(?:can|could)(?: ?not|n?.t) be found|no longer (?:exists?|available)|(?:does not|doesn't) exist"
    r"|(?:is )?missing"
    r"|no (?:ha sido |fue |pudo ser )?encontrad[oa]|no existe|no se (?:encuentra|encontro|pudo encontrar))"
)
_THING = r"(?:page|file|document|object|resource|url|article|pagina|archivo|documento|recurso|articulo)"
# Bodies and witnesses are not found either: only of a page, or of what a page shows, is it an error.
_SAYS_SO = re.compile(
    rf"\b{_THING}\b[^.!?]{{0,60}}\b{_MISSING}\b|\berror [45]\d\d\b"
    r"|\b[45]\d\d (?:error|not found|forbidden|internal server)\b"
    rf"|\b[45]\d\d\W+{_MISSING}"
    r"|\b(?:story|item|record|noticia|nota|registro)\b[^.!?]{0,40}"
    r"\b(?:not (?:be )?found|no (?:existe|encontrad[oa]|se encontro))\b"
    r"|\bno se (?:encontro|pudo encontrar|ha encontrado) (?:la|el|ningun|ninguna) (?:pagina|archivo|documento|articulo"
    r"|noticia|nota|registro|contenido)\b"
)
_SAYS_NO_MORE = re.compile(
    r"(?:error )?(?:40[0-9]|410|50[0-4])|not found|no encontrad[oa]|access denied|forbidden"
    r"|internal server error|acceso denegado|(?:please )?(?:log ?in|sign in)|iniciar sesion|runtime error"
)
_BROKEN = re.compile(
    r"(?:(?:php )?(?:warning|fatal error|parse error)\s*:\s.{0,120}\bon line \d|server error in '"
    r"|microsoft ole db|microsoft vbscript|error establishing a database connection|(?:mysql|database|sql) error\b)"
)
_NO_ENTRY = re.compile(
    r"please (?:log ?in|sign in)|you must (?:be logged|log) in.{0,40}|access denied|acceso denegado"
)
SEPARATOR = re.compile(r"\s[|»–—:-]\s|[|»]")
SHORT = 600
LITTLE = 200
PARAGRAPH = 120


def is_failure(title: str, body: str, lines: tuple[str, ...]) -> bool:
    """Whether its title says so, or it says little else beside its menus; ``lines`` are what it prints itself."""
    own = fold(" ".join(lines)) if sum(map(len, lines)) <= SHORT else ""
    if _BROKEN.match(own):
        return True
    if own and max(map(len, lines)) < PARAGRAPH:
        said = [fold(each).strip(" .!¡") for each in lines]
        if any(_SAYS_SO.search(each) or _NO_ENTRY.fullmatch(each) for each in said):
            return True
    if len(body) > SHORT:
        return False
    parts = [part.strip(" .!¡") for part in SEPARATOR.split(fold(title))]
    if any(_SAYS_NO_MORE.fullmatch(part) or _SAYS_SO.search(part) for part in parts):
        return True
    return len(body) < LITTLE and bool(_SAYS_SO.search(fold(body)))
