from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "pututu.operations"
    verbose_name = "Operations"
