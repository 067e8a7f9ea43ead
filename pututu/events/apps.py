from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "pututu.events"
    verbose_name = "Events"
