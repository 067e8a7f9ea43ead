from django.apps import AppConfig


class GivingConfig(AppConfig):
    name = "pututu.giving"
    verbose_name = "Money"
