"""How does another group than the demonstration's begin, as it would fill in the first page?"""

from __future__ import annotations

import re
from urllib.parse import urlencode

from tests.running import RunningSite

TIBET_CIRCLE: dict[str, str | list[str]] = {
    "name": "Tibet Circle",
    "strapline": "What happens on the plateau",
    "country": "Tibet",
    "city": "Leeds",
    "home_country": "GB",
    "languages": ["en", "es"],
    "legal_form": "Unincorporated association",
    "email": "office@tibet.example",
    "postal_address": "1 Long Street\nLeeds",
    "social": "Mastodon https://social.example/@tibet",
    "accent": "#1d5c8f",
    "currency": "EUR",
    "time_zone": "Europe/Berlin",
    "staff_name": "First Person",
    "staff_email": "first@tibet.example",
    "password": "three yaks on a pass",
}


def found_over_http(site: RunningSite, answers: dict[str, str | list[str]]) -> None:
    """Fill in the first-start page without a browser."""
    page = site.get("/start/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    cookies = [value.split(";")[0] for value in page.headers.get_all("Set-Cookie") or []]
    assert token
    assert cookies
    form = {**answers, "code": site.first_start_code, "csrfmiddlewaretoken": token[1]}
    headers = {"Cookie": "; ".join(cookies), "Content-Type": "application/x-www-form-urlencoded"}
    answer = site.ask("POST", "/start/", headers=headers, body=urlencode(form, doseq=True).encode())
    assert answer.status == 302, answer.text
