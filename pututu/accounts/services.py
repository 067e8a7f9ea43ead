"""How do roles and the log of sign-ins come about?"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Task, Workflow

from pututu.accounts.models import RoleGrant, User
from pututu.accounts.rules import FORMER_NAMES, ROLES, Role, new_to

FILE_MODELS = (("wagtailimages", "image"), ("wagtaildocs", "document"))


@transaction.atomic
def make_roles() -> None:
    """Make the roles that are missing, and give each what came into its role since; what was taken away stays so."""
    for former, name in FORMER_NAMES.items():
        if not Group.objects.filter(name=name).exists():
            Group.objects.filter(name=former).update(name=name)
            Workflow.objects.filter(name=f"{former} approval").update(name="Approval by a publisher")
            Task.objects.filter(name=f"{former} approval").update(name="Approval by a publisher")
    for role in ROLES:
        group, is_new = Group.objects.get_or_create(name=role.name)
        if is_new or _is_still_wagtails(group, role):
            _grant(group, role)
        else:
            _grant_what_is_new(group, role)


def _is_still_wagtails(group: Group, role: Role) -> bool:
    """Whether a group is as Wagtail's own migrations made it: without a permission that only we give."""
    ours = "simple_translation.submit_translation"
    return ours in role.others and not group.permissions.filter(codename=ours.partition(".")[2]).exists()


def _grant(group: Group, role: Role) -> None:
    _offer(group, role.others)
    root = Page.get_first_root_node()
    for codename in role.pages:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    _grant_files(group, role)


def _grant_what_is_new(group: Group, role: Role) -> None:
    rows = RoleGrant.objects.filter(role=role.name)
    offered = frozenset(rows.values_list("permission", flat=True))
    new = new_to(role, offered=offered)
    _offer(group, new)
    if not offered:  # a role from before this was written down: what it has not, somebody took away
        RoleGrant.objects.bulk_create(
            RoleGrant(role=role.name, permission=name) for name in role.others if name not in new
        )


def _offer(group: Group, names: Iterable[str]) -> None:
    """Let a group do what is named, as far as that is there already, and remember that it was offered."""
    for name in names:
        app, codename = name.split(".")
        found = Permission.objects.filter(content_type__app_label=app, codename=codename)
        if found:
            group.permissions.add(*found)
            RoleGrant.objects.get_or_create(role=group.name, permission=name)


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
