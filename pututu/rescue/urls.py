"""Under which addresses do staff look at what came from the old site?"""

from django.urls import path

from pututu.rescue import views

app_name = "rescue"
urlpatterns = [
    path("", views.index, name="index"),
    path("queue/", views.queue, name="queue"),
    path("decide/", views.decide, name="decide"),
    path("item/<int:pk>/", views.beside, name="beside"),
    path("original/<slug:sha256>/", views.old_page, name="original"),
    path("addresses.csv", views.addresses, name="addresses"),
]
