from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "pututu.bulletins"
    verbose_name = "Bulletins"
