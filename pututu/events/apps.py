from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "pututu.events"
    verbose_name = "Events"

    def ready(self) -> None:
        from pututu.events import handlers  # noqa: F401 - they register themselves
