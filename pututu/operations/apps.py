from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "pututu.operations"
    verbose_name = "Operations"

    def ready(self) -> None:
        from pututu.operations import checks  # noqa: F401 - they register themselves
