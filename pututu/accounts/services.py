"""How do roles and the log of sign-ins come about?"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Task, Workflow

from pututu.accounts.models import User
from pututu.accounts.rules import FORMER_NAMES, ROLES, Role

FILE_MODELS = (("wagtailimages", "image"), ("wagtaildocs", "document"))


@transaction.atomic
def make_roles() -> None:
    """Make the roles that are missing, with what they may do; a role that an administrator changed stays changed."""
    for former, name in FORMER_NAMES.items():
        if not Group.objects.filter(name=name).exists():
            Group.objects.filter(name=former).update(name=name)
            Workflow.objects.filter(name=f"{former} approval").update(name="Approval by a publisher")
            Task.objects.filter(name=f"{former} approval").update(name="Approval by a publisher")
    for role in ROLES:
        group, is_new = Group.objects.get_or_create(name=role.name)
        is_wagtails = (
            bool(role.pages) and not group.permissions.filter(codename="submit_translation").exists()
        )
        if is_new or is_wagtails:
            _grant(group, role)


def _grant(group: Group, role: Role) -> None:
    for name in role.others:
        app, codename = name.split(".")
        group.permissions.add(*Permission.objects.filter(content_type__app_label=app, codename=codename))
    root = Page.get_first_root_node()
    for codename in role.pages:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    _grant_files(group, role)


def _grant_files(group: Group, role: Role) -> None:
    """Let ``group`` do with pictures and documents what its role says, and no more.

    Wagtail asks for the permissions of its own models, whatever models a site uses, and its migrations give some.
    """
    GroupCollectionPermission.objects.filter(group=group).delete()
    files = Collection.get_first_root_node()
    for app, model in FILE_MODELS:
        names = [f"{act}_{model}" for act in role.files]
        for permission in Permission.objects.filter(content_type__app_label=app, codename__in=names):
            GroupCollectionPermission.objects.create(group=group, collection=files, permission=permission)


def record(user: User, action: str, **data: str) -> None:
    """Write what happened to a staff account into the site's log."""
    log(instance=user, action=action, user=user, data=data or None)
