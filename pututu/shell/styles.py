"""What does the one stylesheet of the readers' pages say?

Rules are kept in one file per component, readers get them joined: ``static/<app>/css/`` of every app of the
house, the shell's own first, with the group's accent colours as custom properties. The address carries a hash
of the text, so a browser keeps it for ever.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.templatetags.static import static

from pututu.shell.rules import Accents

FOUNDATION = ("tokens.css", "base.css", "layout.css")
FONT = re.compile(r"url\(\.\./fonts/([\w-]+\.woff2)\)")


@dataclass(frozen=True)
class Stylesheet:
    """The CSS that readers get, and the hash that stands in its address."""

    text: str
    digest: str


def stylesheet(accents: Accents) -> Stylesheet:
    """Return the stylesheet in the group's colours; it is joined once per process and choice of colours."""
    fonts = tuple((name, static(f"shell/fonts/{name}")) for name in sorted(set(FONT.findall(joined_rules()))))
    return _stylesheet(accents, fonts)


@lru_cache(maxsize=8)
def _stylesheet(accents: Accents, fonts: tuple[tuple[str, str], ...]) -> Stylesheet:
    addresses = dict(fonts)
    rules = FONT.sub(lambda found: f"url({addresses[found[1]]})", joined_rules())
    text = rules + accent_rules(accents)
    return Stylesheet(text=text, digest=hashlib.sha256(text.encode()).hexdigest()[:16])


@lru_cache(maxsize=1)
def joined_rules() -> str:
    return "".join(squeeze(path.read_text(encoding="utf-8")) for path in rule_files())


def rule_files() -> list[Path]:
    """The shell's tokens, base and layout, its components, then the ``css`` folder of every other app."""
    shell, *others = sorted(
        (each for each in apps.get_app_configs() if each.name.startswith("pututu.")),
        key=lambda each: (each.label != "shell", each.label),
    )
    own = Path(shell.path) / "static/shell/css"
    found = [own / name for name in FOUNDATION]
    found += sorted((own / "components").glob("*.css"))
    for each in others:
        found += sorted((Path(each.path) / "static" / each.label / "css").rglob("*.css"))
    return [*found, own / "utilities.css"]


def squeeze(css: str) -> str:
    """Drop comments, indentation and line ends; nothing else, so that what readers get stays readable."""
    without_comments = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", without_comments).strip() + "\n"


def accent_rules(accents: Accents) -> str:
    """The group's colours as custom properties, light ones first for browsers without ``light-dark()``."""
    light = f":root{{--accent:{accents.light};--dye:{accents.light}}}"
    both = (
        f":root{{--accent:light-dark({accents.light},{accents.dark});"
        f"--dye:light-dark({accents.light},{accents.dark_dye})}}"
    )
    return f"@layer tokens{{{light}\n@supports (color: light-dark(#000, #fff)){{{both}}}}}\n"
