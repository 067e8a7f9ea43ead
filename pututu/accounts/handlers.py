"""What is written down when somebody signs in or is allowed more?"""

from __future__ import annotations

import logging
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.log_actions import log
from wagtail.models import GroupPagePermission

from pututu.accounts.models import User
from pututu.accounts.services import make_roles, record

logger = logging.getLogger(__name__)


def roles_are_made(**_kwargs: Any) -> None:
    """Make the roles once every app's permissions exist: Django makes those of later apps only after this."""
    for app in apps.get_app_configs():
        create_permissions(app, verbosity=0)
    make_roles()


@receiver(user_logged_in)
def somebody_signed_in(user: User, **_kwargs: Any) -> None:
    record(user, "accounts.sign_in")


@receiver(user_logged_out)
def somebody_signed_out(user: User | None, **_kwargs: Any) -> None:
    if user is not None:
        record(user, "accounts.sign_out")


@receiver(user_login_failed)
def somebody_failed(credentials: dict[str, Any], **_kwargs: Any) -> None:
    """A failed try is logged against the account it was for; a try for no account goes to the server's log only."""
    email = str(credentials.get("email") or credentials.get("username") or "")
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        logger.warning("Failed sign-in for an address that has no account.")
    else:
        log(instance=user, action="accounts.sign_in_failed")


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def permissions_changed(instance: User | Group, action: str, pk_set: set[int] | None, **_kwargs: Any) -> None:
    if action in {"post_add", "post_remove", "post_clear"}:
        what = action.removeprefix("post_")
        log(
            instance=instance, action="accounts.permissions", data={"what": what, "ids": sorted(pk_set or ())}
        )


@receiver([post_save, post_delete], sender=GroupPagePermission)
def page_permission_changed(instance: GroupPagePermission, **_kwargs: Any) -> None:
    data = {"page": instance.page_id, "permission": instance.permission_id}
    log(instance=instance.group, action="accounts.permissions", data=data)
