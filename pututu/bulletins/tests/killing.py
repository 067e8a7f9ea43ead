"""What becomes of a send whose worker is killed again and again?

Run as a program: it makes a database of its own, an issue with so many readers, a mail server that writes down what it
took, and kills the worker with SIGKILL at random moments until it was killed as often as asked. It prints what it found
as JSON. ``--requeue`` is the control: mail that is in doubt is sent again, as other mailers do.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import signal
import socket
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any


def serve(folder: Path, seconds: float) -> None:
    """A real mail server (aiosmtpd) that writes the name of each mail it takes into a file, and then answers."""
    from aiosmtpd.controller import Controller

    log = os.open(folder / "taken", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    class Recorder:
        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
            names = [
                line for line in envelope.content.split(b"\r\n") if line.lower().startswith(b"message-id:")
            ]
            os.write(log, names[0][len(b"message-id:") :].strip() + b"\n")
            await asyncio.sleep(seconds)
            return "250 2.0.0 Taken"

    port = free_port()
    Controller(Recorder(), hostname="127.0.0.1", port=port).start()
    (folder / "port.new").write_text(str(port))
    (folder / "port.new").rename(folder / "port")
    signal.pause()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def port_of(folder: Path) -> int:
    for _try in range(200):
        if (folder / "port").exists():
            return int((folder / "port").read_text())
        time.sleep(0.05)
    raise TimeoutError("The mail server did not begin.")


def prepare(readers: int) -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from pututu.bulletins.tests.making import make_series
    from pututu.people.models import ConsentRecord, EmailAddress, Person, PersonEmail

    call_command("migrate", verbosity=0)
    make_series()
    numbers = range(1, readers + 1)
    Person.objects.bulk_create(Person(name=f"Reader {n}", reference=f"R{n:06}") for n in numbers)
    EmailAddress.objects.bulk_create(
        EmailAddress(address=f"r{n}@example.org", folded=f"r{n}@example.org") for n in numbers
    )
    pairs = list(zip(Person.objects.order_by("pk"), EmailAddress.objects.order_by("pk"), strict=True))
    PersonEmail.objects.bulk_create(PersonEmail(person=person, email=email) for person, email in pairs)
    ConsentRecord.objects.bulk_create(
        ConsentRecord(
            person=person, email=email, purpose="bulletins", act="given", basis="consent", at=timezone.now()
        )
        for person, email in pairs
    )


def new_issue() -> Any:
    from pututu.bulletins.models import Edition, Series
    from pututu.bulletins.rules.entries import Entry, Frozen
    from pututu.bulletins.tests.making import make_issue, start

    issue = make_issue(Series.objects.get())
    entry = Entry(
        "k", "A story", "https://example.org/en/news/a-story/", "What happened.", "Mining", "Today", "en"
    )
    frozen = Frozen("en", f"Bulletin {issue.number}", "This week.", "", (entry,))
    Edition.objects.filter(issue=issue).update(frozen=frozen.as_json())
    return start(issue)


def work(port: int) -> None:
    from pututu.bulletins.providers.smtp import Server, Smtp
    from pututu.bulletins.services.posting import Composers
    from pututu.bulletins.services.sending import send_due

    send_due(Smtp(Server("127.0.0.1", port)), Composers())


def life(port: int, folder: Path, *, mails: int, seconds: float) -> bool:
    """One worker's life in a process of its own; True where it was killed before it was done.

    It is killed some moments after the server took so many more mails: however busy the machine is, in the middle.
    """
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work(port)
            os._exit(0)
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
    until = number_taken(folder) + mails
    done, status = os.waitpid(child, os.WNOHANG)
    while not done and number_taken(folder) < until:
        time.sleep(0.0005)
        done, status = os.waitpid(child, os.WNOHANG)
    if not done:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("The worker failed by itself.")
    return os.WIFSIGNALED(status)


def look(folder: Path) -> dict[str, Any]:
    """What is true at the end: of the ledger, and of what the server took."""
    from pututu.bulletins.models import Delivery, Issue
    from pututu.bulletins.rules.ledger import State, balance_of

    taken = Counter((folder / "taken").read_text().split())
    states = dict(Delivery.objects.values_list("message_id", "state"))
    accepted = {name for name, state in states.items() if state == State.ACCEPTED}
    doubtful = {name for name, state in states.items() if state == State.IN_DOUBT}
    balances = [balance_of(each.frozen, each.deliveries.counts()) for each in Issue.objects.all()]
    return {
        "mails": len(states),
        "taken": len(taken),
        "twice": sum(number > 1 for number in taken.values()),
        "said_accepted_but_never_taken": len(accepted - taken.keys()),
        "lost": len(states.keys() - taken.keys() - doubtful),
        "in_doubt": len(doubtful),
        "even": all(balance.is_even and balance.is_finished for balance in balances),
    }


def play(folder: Path, *, readers: int, kills: int, seed: int) -> dict[str, Any]:
    from pututu.bulletins.models import Delivery, Issue
    from pututu.bulletins.rules.ledger import State
    from pututu.bulletins.services.workers import settle_the_dead

    port, chance = port_of(folder), random.Random(seed)
    found: Counter[str] = Counter()
    prepare(readers)
    while found["kills"] < kills:
        if not Issue.objects.filter(state=Issue.State.SENDING).exists():
            warm_up(new_issue())
        before, taken = Delivery.objects.filter(state=State.IN_DOUBT).count(), number_taken(folder)
        if life(port, folder, mails=chance.randint(0, 60), seconds=chance.uniform(0.0, 0.01)):
            found["kills"] += 1
            found["kills_between_mails"] += number_taken(folder) > taken
        settle_the_dead()
        doubtful = Delivery.objects.filter(state=State.IN_DOUBT).count() - before
        found["in_doubt_by_one_kill"] = max(found["in_doubt_by_one_kill"], doubtful)
    work(port)
    return {**found, **look(folder)}


def number_taken(folder: Path) -> int:
    return (folder / "taken").read_bytes().count(b"\n")


def warm_up(issue: Any) -> None:
    """Load here what every worker's life would else begin with, so that its death falls between mails."""
    from pututu.bulletins.services.posting import Composers

    Composers()(issue.deliveries.first())


def requeue() -> None:
    """The control: what was handed over by a dead worker waits again."""
    from pututu.bulletins.rules.ledger import State
    from pututu.bulletins.services import workers

    workers.left_by_the_dead = lambda _state: State.WAITING


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--readers", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--requeue", action="store_true")
    parser.add_argument("--slow", action="store_true", help="the server takes its time before it answers")
    options = parser.parse_args()
    seconds = 0.005 if options.slow else 0.0
    fork = multiprocessing.get_context("fork")
    server = fork.Process(target=serve, args=(options.folder, seconds), daemon=True)
    server.start()
    import django

    django.setup()
    if options.requeue:
        requeue()
    found = play(options.folder, readers=options.readers, kills=options.kills, seed=options.seed)
    server.kill()
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
