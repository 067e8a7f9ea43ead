"""Under which addresses do feeds and the files for robots answer?

``localized_urlpatterns`` belong under each language, before the pages; ``root_urlpatterns`` stand outside of
them.
"""

from __future__ import annotations

from django.urls import path, re_path

from pututu.delivery import feeds, views

FORM = r"(?P<form>atom|rss|json)"

localized_urlpatterns = [
    path("feeds/", views.feeds_page, name="feeds"),
    re_path(rf"^feed\.{FORM}$", feeds.feed, name="feed"),
    re_path(rf"^feeds/(?P<kind>[a-z-]+)\.{FORM}$", feeds.kind_feed, name="kind-feed"),
    re_path(rf"^topics/(?P<slug>[-\w]+)/feed\.{FORM}$", feeds.topic_feed, name="topic-feed"),
    re_path(rf"^places/(?P<slug>[-\w]+)/feed\.{FORM}$", feeds.place_feed, name="place-feed"),
]

root_urlpatterns = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemaps/<slug:language>-<int:number>.xml", views.sitemap_part, name="sitemap-part"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
]
