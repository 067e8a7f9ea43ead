from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "pututu.accounts"
    verbose_name = "Staff accounts"

    def ready(self) -> None:
        from wagtail.admin.views.account import NameEmailSettingsPanel

        from pututu.accounts import checks, handlers  # noqa: F401 - they register themselves
        from pututu.accounts.forms import OwnNameForm

        NameEmailSettingsPanel.form_class = OwnNameForm

        post_migrate.connect(handlers.roles_are_made, sender=self)
