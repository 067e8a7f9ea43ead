"""How are sign-ins and permissions worded in the site's log?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def words_for_the_log(actions: LogActionRegistry) -> None:
    actions.register_action("accounts.sign_in", _("Sign in"), _("Signed in"))
    actions.register_action("accounts.sign_in_failed", _("Failed sign-in"), _("Somebody failed to sign in"))
    actions.register_action("accounts.sign_out", _("Sign out"), _("Signed out"))
    actions.register_action("accounts.permissions", _("Change permissions"), _("Permissions changed"))
    actions.register_action("accounts.factor", _("Change second factor"), _("Second factor changed"))
