"""Under which addresses do people see to what they agreed to, and staff to their records?"""

from django.urls import path

from pututu.people.views import public

localized_urlpatterns = [
    path("agree/<str:token>/", public.confirm_view, name="consent-confirm"),
    path("preferences/<str:token>/", public.preferences_view, name="preferences"),
]
