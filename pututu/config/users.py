"""Which screens does Wagtail show for its users? Ours."""

from wagtail.users.apps import WagtailUsersAppConfig


class StaffConfig(WagtailUsersAppConfig):
    user_viewset = "pututu.accounts.viewsets.StaffViewSet"
