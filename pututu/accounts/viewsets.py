"""Which screens keep the staff accounts?"""

from __future__ import annotations

from wagtail.users.views.users import UserViewSet

from pututu.accounts.forms import StaffCreationForm, StaffEditForm


class StaffViewSet(UserViewSet):
    """Wagtail's screens for users, with our forms."""

    template_prefix = "accounts/staff/"

    def get_form_class(self, for_update: bool = False) -> type[StaffCreationForm | StaffEditForm]:
        return StaffEditForm if for_update else StaffCreationForm
