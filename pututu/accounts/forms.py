"""What is asked of whoever makes or changes a staff account?"""

from __future__ import annotations

from typing import Any

from wagtail.users.forms import UserCreationForm, UserEditForm


class StaffCreationForm(UserCreationForm):
    """Wagtail's form, with one name as colleagues see it instead of a first and a last one."""

    first_name: Any = None
    last_name: Any = None

    class Meta(UserCreationForm.Meta):
        fields = {"email", "name", "is_superuser", "groups"}


class StaffEditForm(UserEditForm):
    first_name: Any = None
    last_name: Any = None

    class Meta(UserEditForm.Meta):
        fields = {"email", "name", "is_active", "is_superuser", "groups"}
