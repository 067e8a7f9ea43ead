"""Under which addresses do the admin screens ask about dates?"""

from django.urls import path

from pututu.dates.views import meaning_view

app_name = "dates"
urlpatterns = [path("meaning/", meaning_view, name="meaning")]
