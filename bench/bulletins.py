"""How long does it take to freeze 100,000 readers, and how many mails a second leave, each accounted for?

Run ``python -m bench.bulletins [readers [mails]]``: a temporary SQLite database (or the one that DATABASE_URL names)
gets readers who agreed, with languages and topics of their own. An issue of ten stories is frozen for all of them; then
another, for fewer, goes out by one worker through one SMTP connection to a server in a process of its own, which takes
everything; and once more signed (DKIM). The reference, in the same run: smtplib hands the same bytes to the same server
and writes nothing down.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import smtplib
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

REPLIES = {b"EHLO": b"250-bench\r\n250 8BITMIME\r\n", b"DATA": b"354 Go on\r\n", b"QUIT": b"221 Bye\r\n"}


def main(readers: int, mails: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pututu.config.settings")
        os.environ["PUTUTU_DATA"] = folder
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        prepare(readers)
        freeze()
        port, counted = begin_server()
        send(port, counted, mails)
        send(port, counted, mails, signed=True)


def begin_server() -> tuple[int, Any]:
    listener = socket.create_server(("127.0.0.1", 0))
    counted = multiprocessing.Value("i", 0)
    fork = multiprocessing.get_context("fork")
    fork.Process(target=serve, args=(listener, counted), daemon=True).start()
    return listener.getsockname()[1], counted


def serve(listener: socket.socket, counted: Any) -> None:
    """A mail server that takes one connection after another, and everything that it is handed."""
    while True:
        line, _address = listener.accept()
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with line, line.makefile("rb") as words:
            line.sendall(b"220 bench\r\n")
            while said := words.readline():
                command = said[:4].upper()
                line.sendall(REPLIES.get(command, b"250 Fine\r\n"))
                if command == b"DATA":
                    while words.readline() != b".\r\n":
                        pass
                    counted.value += 1
                    line.sendall(b"250 Taken\r\n")
                if command == b"QUIT":
                    break


def prepare(readers: int) -> None:
    from django.utils import timezone

    from pututu.bulletins.models import Choice, Series
    from pututu.people.models import ConsentRecord, EmailAddress, Person, PersonEmail
    from pututu.topics.models import Topic

    chance, numbers = random.Random(1), range(1, readers + 1)
    topics = [Topic.objects.create(slug=f"topic-{number}") for number in range(6)]
    series = Series(slug="weekly", purpose="bulletins", sender_name="The group", languages=["en", "es"])
    series.sender_address = "bulletin@example.org"
    series.save()
    for language, name in (("en", "Weekly bulletin"), ("es", "Boletín semanal")):
        series.wordings.create(language=language, name=name)
    Person.objects.bulk_create(
        (
            Person(name=f"Reader {n}", reference=f"{n:07}", language=chance.choice(["en", "es"]))
            for n in numbers
        ),
        2000,
    )
    names = (f"r{n}@d{n % 500}.example.org" for n in numbers)
    EmailAddress.objects.bulk_create((EmailAddress(address=each, folded=each) for each in names), 2000)
    pairs = list(zip(Person.objects.order_by("pk"), EmailAddress.objects.order_by("pk"), strict=True))
    PersonEmail.objects.bulk_create((PersonEmail(person=who, email=at) for who, at in pairs), 2000)
    facts = {"purpose": "bulletins", "act": "given", "basis": "consent", "at": timezone.now()}
    ConsentRecord.objects.bulk_create(
        (ConsentRecord(person=who, email=at, **facts) for who, at in pairs), 2000
    )
    chosen = [Choice(person=who, email=at, series=series) for who, at in pairs if chance.random() < 0.3]
    Choice.objects.bulk_create(chosen, 2000)
    links = [
        Choice.topics.through(choice=each, topic=topic)
        for each in chosen
        for topic in chance.sample(topics, chance.randint(1, 3))
    ]
    Choice.topics.through.objects.bulk_create(links, 5000)


def new_issue() -> Any:
    """An issue of ten stories in two languages, to be sent now."""
    from django.utils import timezone

    from pututu.bulletins.models import Issue, Series

    series = Series.objects.get()
    number = series.issues.count() + 1
    issue = Issue.objects.create(
        series=series, number=number, state=Issue.State.SCHEDULED, send_at=timezone.now()
    )
    for language in series.languages:
        issue.editions.create(language=language, subject=f"Bulletin {number}", intro="What happened. " * 20)
    return issue


def begin(issue: Any) -> float:
    """Freeze readers and editions; the stories are put in as they would be read from the site."""
    from pututu.bulletins.rules.entries import Entry
    from pututu.bulletins.services import freezing

    entries = tuple(
        Entry(
            f"k{number}",
            f"Story number {number}",
            f"https://example.org/en/news/story-{number}/",
            "What happened, and what it means for those who live there. " * 4,
            "Mining",
            "Today",
            "en",
            topics=(f"topic-{number % 6}",),
        )
        for number in range(10)
    )
    plainly = vars(freezing)["freeze_editions"]

    def with_stories(issue: Any) -> Any:
        plainly(issue)
        for edition in issue.editions.all():
            edition.frozen = {**edition.frozen, "entries": [each.as_json() for each in entries]}
            edition.save(update_fields=["frozen"])
        return {edition.language: entries for edition in issue.editions.all()}

    vars(freezing)["freeze_editions"] = with_stories
    start = time.perf_counter()
    assert freezing.begin_sending(issue)
    took = time.perf_counter() - start
    vars(freezing)["freeze_editions"] = plainly
    issue.refresh_from_db()
    return took


def freeze() -> None:
    issue = new_issue()
    busy = time.process_time()
    took = begin(issue)
    busy = time.process_time() - busy
    print(
        f"{issue.frozen} readers frozen: {took:.1f} s, {busy:.1f} s of them at work (left out: {issue.left_out})"
    )
    issue.deliveries.all().delete()
    issue.delete()


def signer(signed: bool) -> Any:
    from pututu.lib.dkim import Signer, make_key

    found = Signer("example.org", "bench", make_key()) if signed else None
    return lambda: found


def send(port: int, counted: Any, mails: int, *, signed: bool = False) -> None:
    from pututu.bulletins.providers.smtp import Server, Smtp
    from pututu.bulletins.rules.ledger import balance_of
    from pututu.bulletins.services.posting import Composers
    from pututu.bulletins.services.sending import send_due

    issue = new_issue()
    begin(issue)
    surplus = issue.deliveries.order_by("pk").values("pk")[mails:]
    issue.deliveries.filter(pk__in=list(surplus.values_list("pk", flat=True))).delete()
    issue.frozen = issue.deliveries.count()
    issue.save(update_fields=["frozen"])
    plain = handed_over_plainly(port, letters_of(issue))
    counted.value = 0
    channel = Smtp(Server("127.0.0.1", port), signer(signed))
    start, busy = time.perf_counter(), time.process_time()
    number = send_due(channel, Composers())
    took, busy = time.perf_counter() - start, time.process_time() - busy
    balance = balance_of(issue.frozen, issue.deliveries.counts())
    assert balance.is_even
    assert balance.accepted == counted.value == number, (balance, counted.value, number)
    what = "mails, signed" if signed else "mails"
    print(f"{number} {what}: {number / took:.0f} a second ({busy / took:.0%} of one core), {balance}")
    print(
        f"reference: smtplib alone, the same bytes: {plain:.0f} a second, ratio {number / took / plain:.2f}"
    )


def letters_of(issue: Any) -> list[tuple[str, str, bytes]]:
    from pututu.bulletins.providers.writing import written
    from pututu.bulletins.services.posting import Composers

    compose = Composers()
    mails = [compose(delivery) for delivery in issue.deliveries.all()]
    return [(each.sender.addr_spec, each.to.addr_spec, written(each)) for each in mails]


def handed_over_plainly(port: int, letters: list[tuple[str, str, bytes]]) -> float:
    client = smtplib.SMTP("127.0.0.1", port)
    start = time.perf_counter()
    for sender, to, letter in letters:
        client.sendmail(sender, [to], letter)
    took = time.perf_counter() - start
    client.quit()
    return len(letters) / took


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(*(given + [100_000, 5_000][len(given) :]))
