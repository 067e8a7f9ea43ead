from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pututu.pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        from pututu.pages import handlers  # noqa: F401 - receivers connect when the models are ready
