from django.apps import AppConfig


class GivingConfig(AppConfig):
    name = "pututu.giving"
    verbose_name = "Money"

    def ready(self) -> None:
        from pututu.giving import erasure  # noqa: F401 - it registers what must stay of payments
