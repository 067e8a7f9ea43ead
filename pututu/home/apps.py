from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "pututu.home"
    verbose_name = "Home"

    def ready(self) -> None:
        from pututu.home import handlers  # noqa: F401 - receivers connect when the models are ready
