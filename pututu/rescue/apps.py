from django.apps import AppConfig


class RescueConfig(AppConfig):
    name = "pututu.rescue"
    verbose_name = "Rescue"

    def ready(self) -> None:
        from pututu.rescue import shelter  # noqa: PLC0415 - the pages below can't know this app by themselves

        shelter.open_the_house()
