"""How does an invented old site dress its pages? It was built twice: first of tables, later of named boxes."""

from __future__ import annotations

import datetime as dt
from html import escape

AIMS = "The group stands for human rights and against poverty, and tells what happens. Join it for what it may cost."
LATEST = ("28 June 2019: A march in Lima", "20 June 2019: A new law")
MENU = (
    "<a href='/'>Home</a> <a href='/articles.php?position=0'>Articles</a> <a href='/aims.html'>Aims</a>"
    " <a href='/way/home.php'>Start</a>"
)


def boxes(title: str, body: str, *, language: str, charset: str, today: dt.date) -> str:
    """A page of the later site: boxes with names, a sidebar, the day of today on top."""
    latest = "".join(f"<li>{line}</li>" for line in LATEST)
    return (
        f"<!DOCTYPE html><html lang='{language}'><head>{charset}<title>{escape(title)} - Old Group</title></head><body>"
        f"<div id='top'>Today is {today:%A, %d %B %Y}</div><div id='menu'>{MENU}</div><div id='main'>{body}</div>"
        f"<div id='side'><h3>Latest</h3><ul>{latest}</ul><h3>Why join?</h3><p>{AIMS}</p></div>"
        "<div id='foot'>© 2019 Old Group. This site uses no cookies.</div></body></html>"
    )


def tables(title: str, body: str, *, language: str, charset: str, today: dt.date) -> str:
    """A page of the first site: one table is the whole page, letters have sizes, the language is not named."""
    latest = "<br>".join(LATEST)
    body = body.replace("<p class='intro'><b>", "<p><b>").replace("<p class='date'>", "<p><font size=1>")
    return (
        f"<html><head>{charset}<title>Old Group: {escape(title)}</title></head><body bgcolor=white>"
        f"<table width=760><tr><td colspan=2><font size=1>{today:%d/%m/%Y}</font> {MENU}</td></tr>"
        f"<tr><td width=160 class=navigation><b>Latest</b><br>{latest}<br><b>Why join?</b><br>{AIMS}</td>"
        f"<td><!-- {language} -->{body}</td></tr></table><font size=1>© 2001-2019</font></body></html>"
    )
