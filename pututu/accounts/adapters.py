"""What may somebody do who isn't signed in yet, and how does a letter to them look?"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest

AUTOMATIC = {"Auto-Submitted": "auto-generated"}
"""By this header programs that answer for somebody who is away keep silent (RFC 3834)."""


class AccountAdapter(DefaultAccountAdapter):
    """Staff accounts are made by an administrator: nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        return super().render_mail(template_prefix, email, context, headers={**AUTOMATIC, **(headers or {})})

    def format_email_subject(self, subject: str) -> str:
        """Without the site's address in brackets before it, which looks like a mailing list."""
        return subject
