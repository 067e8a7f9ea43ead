from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "pututu.membership"
    verbose_name = "Membership"

    def ready(self) -> None:
        from pututu.membership import handlers  # noqa: F401 - it registers itself
