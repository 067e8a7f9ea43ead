"""Where does a group begin?"""

from django.urls import path

from pututu.operations.views import first_start_view

urlpatterns = [path("start/", first_start_view, name="first-start")]
