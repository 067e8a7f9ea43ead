"""What is asked of whoever makes or changes a staff account, their own among them?"""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm

from pututu.accounts.models import User


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


class OwnNameForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own takes none
    """The name on the page of one's own account; Wagtail asks for a first and a last one, which nobody has here."""

    class Meta:
        model = User
        fields = ("name",)
