from django.apps import AppConfig


class RescueConfig(AppConfig):
    name = "pututu.rescue"
    verbose_name = "Rescue"

    def ready(self) -> None:
        from pututu.rescue import shelter

        shelter.open_the_house()
