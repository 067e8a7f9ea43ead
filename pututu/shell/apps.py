from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "pututu.shell"
    verbose_name = "The frame of every page"
