"""Under which addresses does publishing answer beside its pages? Mounted per language, before Wagtail's."""

from django.urls import path, re_path
from django.utils.translation import pgettext_lazy

from pututu.publishing.views import citation_view, corrections_view

urlpatterns = [
    path(pgettext_lazy("address", "corrections/"), corrections_view, name="corrections"),
    re_path(r"^(?P<path>(?:[\w-]+/)+)cite\.(?P<form>ris|bib|json|txt)$", citation_view, name="citation"),
]
