from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "pututu.media"
    verbose_name = "Pictures and documents"
