"""Where do honest dates meet Wagtail's screens?"""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("dates/", include("pututu.dates.urls"))]
