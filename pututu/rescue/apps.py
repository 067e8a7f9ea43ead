from django.apps import AppConfig


class RescueConfig(AppConfig):
    name = "pututu.rescue"
    verbose_name = "Rescue"
