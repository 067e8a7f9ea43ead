"""Which roles are there, and what may each of them do?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A role: ``pages`` and ``files`` are Wagtail's own permission names, the others ``app.codename``."""

    name: str
    pages: tuple[str, ...]
    files: tuple[str, ...]
    others: tuple[str, ...]


EDITOR = Role(
    name="Editors",
    pages=("add_page", "change_page"),
    files=("add", "change", "choose"),
    others=(
        "wagtailadmin.access_admin",
        "simple_translation.submit_translation",
        "events.add_venue",
        "events.change_venue",
    ),
)
PUBLISHER = Role(
    name="Publishers",
    pages=("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    files=("add", "change", "choose", "delete"),
    others=(
        *EDITOR.others,
        "topics.add_topic",
        "topics.change_topic",
        "topics.add_place",
        "topics.change_place",
        "events.delete_venue",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
        "rescue.settle_items",
    ),
)
MEMBERSHIP_SECRETARY = Role(
    name="Membership secretaries",
    pages=(),
    files=(),
    others=(
        "wagtailadmin.access_admin",
        "people.view_person",
        "people.add_person",
        "people.change_person",
        "people.delete_person",
        "people.see_notes",
        "people.export_people",
        "people.import_people",
        "people.view_retentionrun",
        "people.add_savedsegment",
        "people.change_savedsegment",
        "people.delete_savedsegment",
        "membership.view_membership",
        "membership.add_membership",
        "membership.change_membership",
        "membership.add_plan",
        "membership.change_plan",
        "membership.change_membershiprules",
    ),
)
TREASURER = Role(
    name="Treasurers",
    pages=(),
    files=(),
    others=(
        "wagtailadmin.access_admin",
        "people.view_person",
        "membership.view_membership",
        "giving.view_payment",
        "giving.add_payment",
        "giving.change_payment",
        "giving.add_refund",
        "giving.change_refund",
        "giving.add_statement",
        "giving.view_statementline",
        "giving.change_statementline",
        "giving.add_bankaccount",
        "giving.change_bankaccount",
        "giving.add_fund",
        "giving.change_fund",
        "giving.change_givingsettings",
        "giving.view_providerevent",
        "giving.change_providerevent",
        "giving.view_claim",
        "giving.add_claim",
        "giving.change_claim",
        "giving.add_declaration",
        "giving.change_declaration",
        "giving.change_giftaidsettings",
    ),
)
BULLETIN_EDITOR = Role(
    name="Bulletin editors",
    pages=(),
    files=(),
    others=(
        "wagtailadmin.access_admin",
        "bulletins.view_issue",
        "bulletins.add_issue",
        "bulletins.change_issue",
        "bulletins.send_issue",
        "bulletins.view_delivery",
        "bulletins.change_delivery",
    ),
)
ADMINISTRATOR = Role(
    name="Administrators",
    pages=(*PUBLISHER.pages, "bulk_delete_page"),
    files=PUBLISHER.files,
    others=(
        *PUBLISHER.others,
        "topics.delete_topic",
        "topics.delete_place",
        "shell.change_sitesettings",
        "accounts.add_user",
        "accounts.change_user",
        "accounts.delete_user",
        "auth.add_group",
        "auth.change_group",
        "auth.delete_group",
        *MEMBERSHIP_SECRETARY.others[1:],
        *BULLETIN_EDITOR.others[1:],
        "bulletins.add_series",
        "bulletins.change_series",
        "people.view_accessrecord",
        "people.change_peoplerules",
        "people.apply_retention",
    ),
)
ROLES = (EDITOR, PUBLISHER, MEMBERSHIP_SECRETARY, TREASURER, BULLETIN_EDITOR, ADMINISTRATOR)
APPS_SINCE = frozenset({"people", "giving", "membership"})
"""Apps that came after the first roles: of other permissions an older role has what its administrator left it."""
FORMER_NAMES = {"Moderators": "Publishers"}
"""Wagtail's own migrations make the groups on the left; they become ours, with the workflow that knows them."""


def new_to(role: Role, *, offered: frozenset[str]) -> list[str]:
    """The permissions that a role was never offered; where nothing was written down, those of younger apps."""
    if offered:
        return [name for name in role.others if name not in offered]
    return [name for name in role.others if name.partition(".")[0] in APPS_SINCE]


def needs_second_factor(*, is_demo: bool, may_enter: bool, has_factor: bool) -> bool:
    """Whether somebody who is signed in must set up a second factor before doing anything else."""
    return may_enter and not has_factor and not is_demo
