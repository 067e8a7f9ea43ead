from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "pututu.publishing"
    verbose_name = "Publishing"
