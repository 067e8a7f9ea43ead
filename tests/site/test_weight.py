"""What does a first view cost a reader on a slow line, as sent over the wire, pictures apart?"""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest

from tests.running import RunningSite

MOST_BYTES = 60 * 1024
PAGES = ("/en/", "/es/", "/en/articles/coca-number-one/", "/en/articles/poverty-two-series/", "/en/archive/")
PACKED = {"Accept-Encoding": "gzip"}


def first_view(site: RunningSite, path: str) -> dict[str, int]:
    """Bytes sent for a page and all that a browser fetches to show it: styles, every font of theirs, scripts, icon."""
    page = site.get(path, PACKED)
    assert page.status == 200
    sizes = {path: page.size}
    tags = re.findall(r"<(?:link|script)\b[^>]*>", page.text)
    wanted = [tag for tag in tags if re.search(r'rel="(?:stylesheet|preload|icon)"|<script\b.* src=', tag)]
    for address in re.findall(r'(?:href|src)="([^"]+)"', " ".join(wanted)):
        answer = site.get(address, PACKED)
        sizes[address] = answer.size
        if answer.content_type == "text/css":
            fonts = [urljoin(address, font) for font in re.findall(r"url\(([^)]+\.woff2)\)", answer.text)]
            sizes |= {font: site.get(font, PACKED).size for font in fonts}
    return sizes


@pytest.mark.parametrize("path", PAGES)
def test_a_first_view_without_pictures_weighs_at_most_sixty_kilobytes(demonstration: RunningSite, path: str):
    sizes = first_view(demonstration, path)
    assert sum("woff2" in address for address in sizes) >= 2
    assert any("/style/" in address for address in sizes)
    table = "\n".join(f"{size:>8,}  {address}" for address, size in sizes.items())
    print(f"{sum(sizes.values()):,} bytes\n{table}")
    assert sum(sizes.values()) <= MOST_BYTES, f"{sum(sizes.values()):,} bytes\n{table}"


def test_what_never_changes_under_its_address_is_packed_and_kept_for_ever(demonstration: RunningSite):
    fixed = [
        address for address in first_view(demonstration, "/en/") if re.match("/style/|/static/", address)
    ]
    assert len(fixed) >= 3
    for address in fixed:
        answer = demonstration.get(address, PACKED)
        assert "immutable" in answer.headers["Cache-Control"], address
        if answer.content_type == "text/css":
            assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" not in (demonstration.get("/en/", PACKED).headers["Cache-Control"] or "")
