"""Under which addresses do readers see issues, and change what they get?"""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from pututu.bulletins.views import archive, readers

localized_urlpatterns = [
    path(_("bulletins/<slug:slug>/<int:number>/"), archive.issue_page, name="bulletin-issue"),
    path(_("bulletins/choices/<str:token>/"), readers.choices, name="bulletin-choices"),
    path(_("bulletins/leave/<str:token>/"), readers.leave, name="bulletin-leave"),
]

root_urlpatterns = [
    path("bulletins/leave/<str:token>", readers.one_click, name="bulletin-one-click"),
]
