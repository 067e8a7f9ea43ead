from django.apps import AppConfig


class DatesConfig(AppConfig):
    name = "pututu.dates"
    verbose_name = "Honest dates"
