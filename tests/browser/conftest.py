"""Which browser do the journeys use, and what do they skip without one?"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.patience import visit
from tests.browser.staff import TREASURER, Staff
from tests.running import RunningSite

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("PUTUTU_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder; without Chromium all of them are skipped for the same reason."""
    missing = pytest.mark.skip(reason="There is no Chromium here (Debian: apt-get install chromium).")
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(missing)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a module; Playwright's event loop ends with it, so that Django's tests can go on."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser without a past, at a desk."""
    context = visit(chromium, viewport=DESK, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="module")
def staff(chromium: Browser, demonstration: RunningSite) -> Iterator[Staff]:
    """The coordinator, signed in."""
    context = visit(chromium, viewport=DESK, locale="en-GB")
    staff = Staff(context.new_page(), demonstration)
    staff.sign_in()
    yield staff
    context.close()


@pytest.fixture(scope="module")
def treasurer(chromium: Browser, demonstration: RunningSite) -> Iterator[Staff]:
    """The treasurer, signed in, with a bank account to bring statements into."""
    context = visit(chromium, viewport=DESK, locale="en-GB")
    treasurer = Staff(context.new_page(), demonstration)
    treasurer.sign_in(TREASURER)
    treasurer.go("/admin/money/accounts/new/")
    treasurer.write("Name*", "Current account")
    treasurer.page.get_by_role("button", name="Create").click()
    yield treasurer
    context.close()
