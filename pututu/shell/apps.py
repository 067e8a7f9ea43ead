from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "pututu.shell"
    verbose_name = "The frame of every page"

    def ready(self) -> None:
        from pututu.shell import handlers  # noqa: F401 - receivers connect when the models are ready
