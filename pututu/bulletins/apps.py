from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "pututu.bulletins"
    verbose_name = "Bulletins"

    def ready(self) -> None:
        from pututu.bulletins import checks, handlers  # noqa: F401 - they register themselves
