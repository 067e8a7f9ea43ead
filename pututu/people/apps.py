from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "pututu.people"
    verbose_name = "People"

    def ready(self) -> None:
        from pututu.people import handlers  # noqa: F401 - they register what is told of people
