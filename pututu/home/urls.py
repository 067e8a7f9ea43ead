"""Under which addresses do archive, topics, places and search answer, once in each language and in its words?"""

from __future__ import annotations

from django.urls import include, path, register_converter
from django.urls.converters import IntConverter
from django.utils.translation import pgettext_lazy

from pututu.home import views


class YearConverter(IntConverter):
    regex = "[1-9][0-9]{3}"


class MonthConverter(IntConverter):
    regex = "(?:0?[1-9]|1[0-2])"

    def to_url(self, value: object) -> str:
        return f"{int(str(value)):02}"


register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")

archive = [
    path("", views.archive, name="archive"),
    path(pgettext_lazy("address", "undated/"), views.undated, name="archive-undated"),
    path("<year:year>/", views.archive_year, name="archive-year"),
    path("<year:year>/<month:month>/", views.archive_month, name="archive-month"),
]
topics = [
    path("", views.topics, name="topics"),
    path("<slug:slug>/", views.topic, name="topic"),
]
places = [
    path("", views.places, name="places"),
    path("<slug:slug>/", views.place, name="place"),
]
urlpatterns = [
    path(pgettext_lazy("address", "archive.csv"), views.archive_csv, name="archive-csv"),
    path(pgettext_lazy("address", "archive/"), include(archive)),
    path(pgettext_lazy("address", "topics/"), include(topics)),
    path(pgettext_lazy("address", "places/"), include(places)),
    path(pgettext_lazy("address", "search/"), views.search, name="search"),
]
