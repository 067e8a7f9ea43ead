from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "pututu.membership"
    verbose_name = "Membership"

    def ready(self) -> None:
        from pututu.membership import erasure, handlers  # noqa: F401 - they register themselves
