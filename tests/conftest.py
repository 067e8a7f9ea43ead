"""Which running sites can tests ask for?"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.founding import TIBET_CIRCLE, found_over_http
from tests.running import RunningSite, running


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where installations are prepared, one folder for all processes of the run.

    ``PUTUTU_TEST_SITES`` names a folder that outlives the run: a developer then waits for them once.
    """
    kept = os.environ.get("PUTUTU_TEST_SITES")
    if kept:
        yield Path(kept).resolve()
        return
    base = tmp_path_factory.getbasetemp()
    is_alone = "PYTEST_XDIST_WORKER" not in os.environ
    shared = (base if is_alone else base.parent) / "installations"
    yield shared
    if is_alone:
        shutil.rmtree(shared, ignore_errors=True)


@pytest.fixture(scope="module")
def demonstration(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The demonstration, served as ``pututu demo`` serves it."""
    with running("demo", shared_folder, tmp_path_factory.mktemp("demonstration") / "data") as site:
        yield site


@pytest.fixture(scope="module")
def empty_installation(
    shared_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningSite]:
    """What ``pututu serve`` serves when nobody has begun."""
    with running("serve", shared_folder, tmp_path_factory.mktemp("empty") / "data") as site:
        yield site


@pytest.fixture(scope="module")
def other_group(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A group of another country in two languages, just founded, nothing written yet."""
    with running("serve", shared_folder, tmp_path_factory.mktemp("other-group") / "data") as site:
        found_over_http(site, TIBET_CIRCLE)
        yield site
