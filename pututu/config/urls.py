"""Which address leads where?

Names without a namespace ("topic", "place", "archive", "search", …) are contracts: lower apps reverse them without
knowing who answers.
"""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from pututu.bulletins import urls as bulletins
from pututu.config.front_door import front_door, staff_sign_in
from pututu.config.uploads import uploaded
from pututu.delivery import urls as delivery
from pututu.giving import urls as giving
from pututu.membership import urls as membership
from pututu.people import urls as people
from pututu.rescue import urls as rescue
from pututu.shell.views import page_view

urlpatterns = [
    path("", front_door, name="front-door"),
    path("", include("pututu.operations.urls")),
    path("admin/login/", staff_sign_in),
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("allauth.urls")),
    path("documents/", include(wagtaildocs_urls)),
    re_path(rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>.*)$", uploaded),
    path("", include("pututu.shell.urls")),
    *delivery.root_urlpatterns,
    *giving.root_urlpatterns,
    *bulletins.root_urlpatterns,
    *rescue.root_urlpatterns,
    *i18n_patterns(
        *delivery.localized_urlpatterns,
        *giving.localized_urlpatterns,
        *bulletins.localized_urlpatterns,
        *membership.localized_urlpatterns,
        *people.localized_urlpatterns,
        path("", include("pututu.home.urls")),
        path("", include("pututu.events.urls")),
        path("", include("pututu.publishing.urls")),
        re_path(wagtail_urls.serve_pattern, require_safe(page_view), name="wagtail_serve"),
        path("", include(wagtail_urls)),
    ),
]
handler404 = "pututu.home.views.not_found"
