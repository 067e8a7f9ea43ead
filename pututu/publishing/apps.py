from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "pututu.publishing"
    verbose_name = "Publishing"

    def ready(self) -> None:
        from pututu.publishing import handlers  # noqa: F401 - receivers connect when the models are ready
