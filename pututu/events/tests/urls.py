"""The addresses of the site, with the names that pages above events answer for."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import path

from pututu.config.urls import urlpatterns as real


def answer(request, **kwargs):
    return HttpResponse("")


urlpatterns = [
    *real[:-1],
    *i18n_patterns(
        path("topics/<slug:slug>/", answer, name="topic"), path("places/<slug:slug>/", answer, name="place")
    ),
    *real[-1:],
]
