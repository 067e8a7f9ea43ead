"""How long does a journey wait for what must come? Long enough for a slow and busy machine: waiting costs nothing."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext, expect

PATIENCE = 90_000  # milliseconds

expect.set_options(timeout=PATIENCE)


def visit(chromium: Browser, **options: Any) -> BrowserContext:
    """A browser without a past that waits as long as journeys do."""
    context = chromium.new_context(**options)
    context.set_default_timeout(PATIENCE)
    return context
