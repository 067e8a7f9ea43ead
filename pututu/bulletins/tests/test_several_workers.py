"""Do several workers ever take up the same mail? (PostgreSQL)"""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from pututu.bulletins.models import Issue
from pututu.bulletins.services import queue
from pututu.bulletins.services.workers import begin_work
from pututu.bulletins.tests.making import make_issue, make_reader, make_series

# Only these apps' tables are emptied afterwards: what migrations have put into the others stays for the next test.
EMPTIED = ["pututu.people", "pututu.bulletins"]
pytestmark = [
    pytest.mark.django_db(transaction=True, available_apps=EMPTIED),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
WORKERS, READERS = 4, 60


@pytest.fixture
def waiting() -> None:
    """An issue that is being sent, with mails that wait."""
    issue = make_issue(make_series())
    Issue.objects.filter(pk=issue.pk).update(state=Issue.State.SENDING)
    for number in range(READERS):
        person = make_reader(f"reader{number}@example.org", f"Reader {number}")
        issue.deliveries.create(
            person=person,
            email=person.addresses.get(),
            address=f"reader{number}@example.org",
            domain="example.org",
            language="en",
            basis="consent",
            message_id=f"<{number}@example.org>",
        )


def claimed_by_all_at_once() -> Counter[int]:
    """How often each mail was taken up by workers that begin together."""
    together, found, kept = threading.Barrier(WORKERS), Counter[int](), threading.Lock()

    def work() -> None:
        try:
            worker = begin_work()
            together.wait(10)
            rows = queue.claim(worker, 15, now=timezone.now())
            with kept:
                found.update(row.pk for row in rows)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_each_mail_is_taken_up_by_one_worker(waiting: None) -> None:
    found = claimed_by_all_at_once()
    assert set(found.values()) == {1}
    assert len(found) >= 15


def test_without_the_lock_workers_would_take_up_the_same_mail(waiting: None, monkeypatch: Any) -> None:
    """The control: workers that read together get the same rows."""
    together = threading.Barrier(WORKERS)

    def unlocked(rows: Any) -> list[Any]:
        found = list(rows[:15])
        together.wait(10)
        return found

    monkeypatch.setattr(queue, "_kept_from_others", unlocked)
    assert max(claimed_by_all_at_once().values()) > 1
