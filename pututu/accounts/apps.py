from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "pututu.accounts"
    verbose_name = "Staff accounts"
