"""Under which addresses do archive, topics, places and search answer, once in each language?"""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from pututu.home import views


class YearConverter(IntConverter):
    regex = "[1-9][0-9]{3}"


class MonthConverter(IntConverter):
    regex = "(?:0?[1-9]|1[0-2])"

    def to_url(self, value: object) -> str:
        return f"{int(str(value)):02}"


register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")

urlpatterns = [
    path("archive/", views.archive, name="archive"),
    path("archive.csv", views.archive_csv, name="archive-csv"),
    path("archive/undated/", views.undated, name="archive-undated"),
    path("archive/<year:year>/", views.archive_year, name="archive-year"),
    path("archive/<year:year>/<month:month>/", views.archive_month, name="archive-month"),
    path("topics/", views.topics, name="topics"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("places/", views.places, name="places"),
    path("places/<slug:slug>/", views.place, name="place"),
    path("search/", views.search, name="search"),
]
