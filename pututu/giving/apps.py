from django.apps import AppConfig


class GivingConfig(AppConfig):
    name = "pututu.giving"
    verbose_name = "Money"

    def ready(self) -> None:
        from pututu.giving import checks, handlers  # noqa: F401 - they register themselves
