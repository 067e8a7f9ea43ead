from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "pututu.home"
    verbose_name = "Home"
