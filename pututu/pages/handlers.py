"""When has the content of the public site changed?"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete
from django.dispatch import receiver
from wagtail.signals import copy_for_translation_done, page_published, page_unpublished, post_page_move
from wagtail.tasks import update_reference_index_task

from pututu.pages.models import BasePage, Translation
from pututu.pages.signals import content_changed


def announce(page: Any, was: str) -> None:
    """Tell the house, once the change is committed, what happened to ``page``."""
    transaction.on_commit(partial(content_changed.send, sender=type(page), page=page, was=was))


@receiver(page_published)
def page_was_published(instance: Any, **_kwargs: Any) -> None:
    announce(instance, "published")


@receiver(page_unpublished)
def page_was_unpublished(instance: Any, **_kwargs: Any) -> None:
    announce(instance, "unpublished")


@receiver(post_page_move)
def page_was_moved(instance: Any, **_kwargs: Any) -> None:
    """What a page is can follow from its section: the column is brought in line before anybody is told."""
    page = instance.specific
    if isinstance(page, BasePage):
        page.kind = page.get_kind()
        BasePage.objects.filter(pk=page.pk).update(kind=page.kind)
    announce(page, "moved")


@receiver(post_delete)
def page_was_deleted(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        announce(instance, "deleted")


@receiver(copy_for_translation_done)
def translation_was_begun(source_obj: Any, target_obj: Any, **_kwargs: Any) -> None:
    """Remember which words a translation was made from, so that "out of date" is a question to the database."""
    if isinstance(target_obj, BasePage):
        Translation.objects.update_or_create(
            page_id=target_obj.pk, defaults={"made_from": source_obj.fingerprint}
        )


@receiver(m2m_changed, sender=BasePage.topics.through)
@receiver(m2m_changed, sender=BasePage.places.through)
def labels_were_changed(instance: Any, action: str, **_kwargs: Any) -> None:
    """Bring Wagtail's index of references in line: it is told when a page is saved, before its labels are."""
    if isinstance(instance, BasePage) and action.startswith("post_"):
        options = instance._meta
        update_reference_index_task.enqueue(options.app_label, options.model_name, str(instance.pk))
