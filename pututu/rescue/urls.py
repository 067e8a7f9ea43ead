"""Under which addresses do staff look at what came from the old site?

Originals stand outside of the staff screens (``root_urlpatterns``), whose policy would let their scripts run.
"""

from django.urls import path

from pututu.rescue import views

app_name = "rescue"
urlpatterns = [
    path("", views.index, name="index"),
    path("give/", views.give, name="give"),
    path("run/<int:pk>/", views.run_view, name="run"),
    path("queue/", views.queue, name="queue"),
    path("decide/", views.decide, name="decide"),
    path("item/<int:pk>/", views.beside, name="beside"),
    path("nowhere/", views.nowhere, name="nowhere"),
    path("addresses.csv", views.addresses, name="addresses"),
]
root_urlpatterns = [path("old-site/original/<slug:sha256>/", views.old_page, name="old-original")]
