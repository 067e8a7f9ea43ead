"""Under which addresses do feeds and the files for robots answer?

``localized_urlpatterns`` belong under each language, before the pages; ``root_urlpatterns`` stand outside of
them.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.translation import pgettext_lazy

from pututu.delivery import feeds, views

FORM = r"(?P<form>atom|rss|json)"


def of_label(view: Callable[..., HttpResponse], *, name: str) -> URLPattern:
    return re_path(rf"^(?P<slug>[-\w]+)/feed\.{FORM}$", view, name=name)


offered = [
    path("", views.feeds_page, name="feeds"),
    re_path(rf"^(?P<kind>[a-z-]+)\.{FORM}$", feeds.kind_feed, name="kind-feed"),
]
localized_urlpatterns: list[URLPattern | URLResolver] = [
    re_path(rf"^feed\.{FORM}$", feeds.feed, name="feed"),
    path(pgettext_lazy("address", "feeds/"), include(offered)),
    path(pgettext_lazy("address", "topics/"), include([of_label(feeds.topic_feed, name="topic-feed")])),
    path(pgettext_lazy("address", "places/"), include([of_label(feeds.place_feed, name="place-feed")])),
]

root_urlpatterns = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemaps/<slug:language>-<int:number>.xml", views.sitemap_part, name="sitemap-part"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
]
