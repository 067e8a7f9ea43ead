"""Which old pages do the tests read? Made from a few facts in four ways of building a page, in two languages."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field, replace
from html import escape

from hypothesis import strategies as st

from pututu.lib.dates import HonestDate
from pututu.rescue.capture import Capture

WORDS = {
    "en": (
        "The villagers say that the river has run brown since the mine was opened above the lake",
        "Nobody from the ministry has answered the letters which the council sent to the capital",
        "Farmers on both banks of the river want the water to be tested by people whom they trust",
        "The company has promised a new road but not a single metre of it has been laid so far",
        "Women of the district have set up a kitchen where those who guard the springs can eat",
        "A judge will have to decide whether the permit was given without asking the community",
    ),
    "es": (
        "Los vecinos dicen que el río corre turbio desde que se abrió la mina sobre la laguna",
        "Nadie del ministerio ha respondido a las cartas que el consejo envió a la capital del país",
        "Los campesinos de las dos orillas piden que el agua sea analizada por gente de confianza",
        "La empresa prometió una carretera nueva, pero no se ha construido ni un metro de ella",
        "Las mujeres del distrito han abierto una cocina para quienes cuidan los manantiales",
        "Un juez tendrá que decidir si el permiso se dio sin consultar a la comunidad del lugar",
    ),
}
TITLES = {
    "en": (
        "Water for the highlands",
        "The mayor and the mine",
        "A road that nobody built",
        "Who guards the springs?",
    ),
    "es": (
        "Agua para las alturas",
        "El alcalde y la mina",
        "La carretera que nadie hizo",
        "¿Quién cuida el agua?",
    ),
}
SITE = {"en": "Circle of the Andes", "es": "Círculo de los Andes"}


@dataclass(frozen=True)
class Page:
    """The facts of a page. ``extras`` are pieces of HTML that say nothing of its date; "{…}" traps of old sites."""

    template: str
    language: str = "en"
    title: str = TITLES["en"][0]
    day: dt.date | None = dt.date(2013, 9, 24)
    sentences: tuple[str, ...] = WORDS["en"]
    has_json_ld: bool = False
    is_numeric: bool = False
    banner: str = ""
    comments: str = ""
    footer: str = ""
    sidebar: str = ""
    line: str = field(default="", compare=False)
    address: str = "http://www.andes.example/article-694.html"

    @property
    def date_line(self) -> str:
        if self.line or self.day is None:
            return self.line
        if self.is_numeric:
            return self.day.strftime("%d/%m/%Y")
        return HonestDate.parse(self.day.isoformat()).words(self.language)

    def html(self) -> str:
        return TEMPLATES[self.template](self)

    def capture(self) -> Capture:
        return Capture(
            address=self.address,
            content=self.html().encode(),
            media_type="text/html",
            source="site.warc, record 1",
        )


def _head(page: Page, extra: str = "") -> str:
    told = {"@type": "NewsArticle", "headline": page.title, "datePublished": f"{page.day}T12:00:00+00:00"}
    data = (
        f'<script type="application/ld+json">{json.dumps(told)}</script>'
        if page.has_json_ld and page.day
        else ""
    )
    title = escape(f"{page.title} | {SITE[page.language.split('-')[0]]}")
    return f'<head><meta charset="utf-8"><title>{title}</title>{data}{extra}</head>'


def _paragraphs(page: Page) -> str:
    half = len(page.sentences) // 2
    texts = (". ".join(part) + "." for part in (page.sentences[:half], page.sentences[half:]) if part)
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def wordpress(page: Page) -> str:
    line = f'<span class="entry-date">{page.date_line}</span>' if page.date_line else ""
    return (
        f'<html lang="{page.language}">{_head(page)}<body class="single single-post"><div id="page">{page.banner}'
        f'<nav class="menu"><a href="/">Home</a> <a href="/about/">About</a></nav><article class="post">'
        f'<h1 class="entry-title">{escape(page.title)}</h1><div class="entry-meta">{line}</div>'
        f'<div class="entry-content">{_paragraphs(page)}</div></article>'
        f'<div id="comments" class="comments-area">{page.comments}</div>'
        f'<aside class="widget-area">{page.sidebar}</aside>'
        f'<footer class="site-footer">{page.footer}</footer></div></body></html>'
    )


def old_php(page: Page) -> str:
    line = f'<font size="1">{page.date_line}</font><br>' if page.date_line else ""
    return (
        f'<html lang="{page.language}">{_head(page)}<body bgcolor="#ffffff">{page.banner}<table width="760"><tr>'
        f'<td class="menu" width="150"><a href="index.php">Home</a><br><a href="articles.php">Articles</a>'
        f"{page.sidebar}</td>"
        f'<td valign="top"><h1>{escape(page.title)}</h1>{line}{_paragraphs(page)}'
        f'<div class="comments">{page.comments}</div></td></tr>'
        f'<tr><td colspan="2" class="footer">{page.footer}</td></tr></table>'
        "</body></html>"
    )


def drupal(page: Page) -> str:
    by = {"en": "Submitted by admin on", "es": "Enviado por admin el"}[page.language.split("-")[0]]
    line = f'<div class="submitted">{by} {page.date_line}</div>' if page.date_line else ""
    return (
        f'<html xml:lang="{page.language}" lang="{page.language}">{_head(page)}<body>{page.banner}'
        f'<div id="main"><div id="content">'
        f'<h1 class="title" id="page-title">{escape(page.title)}</h1><div class="node node-story">{line}'
        f'<div class="content"><div class="field-item">{_paragraphs(page)}</div></div></div>'
        f'<div id="comments">{page.comments}</div></div><div class="sidebar">{page.sidebar}</div></div>'
        f'<div id="footer">{page.footer}</div></body></html>'
    )


def static(page: Page) -> str:
    line = f"<p><i>{page.date_line}</i></p>" if page.date_line else ""
    return (
        f'<html lang="{page.language}">{_head(page)}<body>'
        f"{page.banner}<h1>{escape(page.title)}</h1>{line}{_paragraphs(page)}"
        f'<div class="comment">{page.comments}</div><div class="related">{page.sidebar}</div>'
        f'<div class="foot">{page.footer}</div></body></html>'
    )


TEMPLATES = {"wordpress": wordpress, "old_php": old_php, "drupal": drupal, "static": static}


@st.composite
def pages(draw: st.DrawFn, *, dated: bool = True) -> Page:
    """Any page of the four builds, in English or Spanish."""
    language = draw(st.sampled_from(("en", "es")))
    return Page(
        template=draw(st.sampled_from(sorted(TEMPLATES))),
        language=language,
        title=draw(st.sampled_from(TITLES[language])),
        day=draw(st.dates(dt.date(1996, 1, 2), dt.date(2025, 12, 30))) if dated else None,
        sentences=tuple(draw(st.permutations(WORDS[language]))),
        has_json_ld=draw(st.booleans()),
    )


def undated(page: Page) -> Page:
    return replace(page, day=None)
