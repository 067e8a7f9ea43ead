"""What do apps above the shell have to say in the head of a page?

A low registry, filled from above: a channel such as delivery registers a provider when it is ready, and
``base.html`` prints what the providers give, without knowing them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from pututu.shell.rendering import Frame


@dataclass(frozen=True)
class Subject:
    """What the head is of: a page, or a view without one, in its frame. ``title`` is the view's own."""

    page: Any
    frame: Frame
    title: str = ""


Provider = Callable[[HttpRequest, Subject], list[SafeString]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Have ``provider`` asked for lines of safe HTML on every page; registering it twice changes nothing."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def head_lines(request: HttpRequest, subject: Subject) -> SafeString:
    """Return what all providers say of ``subject``, a line each."""
    lines = [line for provider in _providers for line in provider(request, subject)]
    return format_html_join("\n", "{}", ((line,) for line in lines))
