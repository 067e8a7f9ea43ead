"""Which address leads where?

Names without a namespace ("topic", "place", "archive", "search", …) are contracts: lower apps reverse them without
knowing who answers.
"""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from pututu.delivery import urls as delivery

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("allauth.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("pututu.shell.urls")),
    *delivery.root_urlpatterns,
    *i18n_patterns(
        *delivery.localized_urlpatterns,
        path("", include("pututu.events.urls")),
        path("", include(wagtail_urls)),
    ),
]
