"""Under which addresses does the shell answer? The same ones in every language."""

from django.urls import path, re_path

from pututu.shell.views import icon_view, stylesheet_view

urlpatterns = [
    re_path(r"^style/(?P<digest>[0-9a-f]{16})\.css$", stylesheet_view, name="stylesheet"),
    path("icon.svg", icon_view, name="icon"),
    path("favicon.ico", icon_view),  # what browsers ask for where a page names no icon: the staff screens
]
