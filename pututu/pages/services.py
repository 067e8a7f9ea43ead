"""How do staff say where a translation stands?"""

from __future__ import annotations

from django.db import transaction
from wagtail.log_actions import log

from pututu.accounts.models import User
from pututu.pages.models import BasePage, DeclinedTranslation, Translation


@transaction.atomic
def mark_translation_current(page: BasePage, *, user: User) -> None:
    """Say that ``page`` has been brought in line with its original as it is public now.

    Raises BasePage.DoesNotExist when there is no original.
    """
    original = original_of(page)
    Translation.objects.update_or_create(page=page, defaults={"made_from": original.fingerprint})
    log(instance=page, action="pages.translation_current", user=user)


@transaction.atomic
def decline_translation(page: BasePage, *, language: str, user: User) -> None:
    """Say that ``page`` shall have no counterpart in ``language``; saying it twice changes nothing."""
    _row, is_new = DeclinedTranslation.objects.get_or_create(
        page=page, language=language, defaults={"decided_by": user}
    )
    if is_new:
        log(instance=page, action="pages.translation_declined", user=user, data={"language": language})


@transaction.atomic
def resume_translation(page: BasePage, *, language: str, user: User) -> None:
    """Take the decision back that ``page`` shall have no counterpart in ``language``."""
    gone, _rows = DeclinedTranslation.objects.filter(page=page, language=language).delete()
    if gone:
        log(instance=page, action="pages.translation_resumed", user=user, data={"language": language})


def original_of(page: BasePage) -> BasePage:
    """Return the page that ``page`` was translated from: the one of its family that is itself no translation."""
    family = BasePage.objects.filter(translation_key=page.translation_key, translation__isnull=True)
    found = family.exclude(pk=page.pk).order_by("pk").first()
    if found is None:
        raise BasePage.DoesNotExist(f"“{page.title}” is not a translation: it has no original.")
    return found
