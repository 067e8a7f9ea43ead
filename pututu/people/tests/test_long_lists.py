"""Do many rows that come in at once end as they would one by one, and does a run that was killed go on?"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection, transaction

from pututu.people.models import AccessRecord, ConsentRecord, EmailAddress, ImportRow, Person
from pututu.people.services import add_person, importing, persons, suppress
from pututu.people.services.importing import advance, begin_bringing_in
from pututu.people.tests.test_lists import HEAD, tried

TERMS = {"purposes": ["bulletins", "events"], "wording": "Yes, write to me.", "agreed_on": "2024-01-31"}
STANDINGS = ("subscribed", "unsubscribed", "bounced", "complained", "", "gibberish")


def some_list(seed: int) -> str:
    """A list in which the same people, addresses and postcodes come again, under other names too."""
    chance = random.Random(seed)
    head = HEAD.replace("\n", ",Tags,Town\n")
    rows = []
    for _row in range(60):
        number = chance.randrange(25)
        email = chance.choice(("", f"p{number}@example.org", f"P{number}@Example.org", "gone@example.org"))
        name = chance.choice((f"Ana,Mamani {number}", f"Luis,Mamani {number}", f"ANA,Mámani {number}", ","))
        code = chance.choice(("", "S6 2BD", "s62bd"))
        agreed = chance.choice((",", "2024-05-01,Form"))
        tag, town = chance.choice(("", "choir", "choir; stall")), chance.choice(("", "Sheffield"))
        rows.append(f"{email},{name},{code},{chance.choice(STANDINGS)},{agreed},{tag},{town}\n")
    return head + "".join(rows)


def everything() -> list[object]:
    """All that a list leaves behind, without keys and instants."""
    told = ("act", "fields", "detail")
    people = Person.objects.order_by("pk")
    names = {pk: at for at, pk in enumerate(people.values_list("pk", flat=True))}
    uids = {uid: at for at, uid in enumerate(people.values_list("uid", flat=True))}
    columns = ("name", "given_names", "family_name", "postcode", "town", "language", "came_by")
    derived = ("folded", "bare_postcode", "likeness", "tags__name", "person_emails__order")
    log = AccessRecord.objects.exclude(person_uid=None).values_list("person_uid", *told)
    consents = ConsentRecord.objects.values_list(
        *("person", "email__folded", "purpose", "act", "basis", "wording", "language", "page", "at__year")
    )
    return [
        sorted(map(str, people.values_list(*columns, *derived, "addresses__address"))),
        sorted(map(str, EmailAddress.objects.values_list("address", "folded", "state", "state_reason"))),
        sorted(str((names[row[0]], *row[1:])) for row in consents),
        sorted(str((uids[row[0]], *row[1:])) for row in log),
        [
            (row.line, row.verdict, row.why, names.get(row.person_id or 0), row.done_at is not None)
            for row in ImportRow.objects.order_by("line")
        ],
    ]


def brought_in(text: str) -> list[object]:
    """What a list leaves behind beside some who are known already; nothing of it stays."""
    with transaction.atomic():
        add_person("Ana Mamani 3", emails=["p3@example.org"], postcode="S6 2BD")
        add_person("Luis Mamani 4", emails=["p4@example.org"])
        suppress("p5@example.org", reason="unsubscribed")
        suppress("gone@example.org", reason="erased")
        run = tried(text, **TERMS)
        run.rows.filter(verdict="decide", line__in=range(0, 60, 2)).update(choice="same")
        run.rows.filter(verdict="decide", line__in=range(1, 60, 6)).update(choice="other")
        begin_bringing_in(run, by=None)
        assert advance(run)
        left = everything()
        transaction.set_rollback(True)
    return left


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_many_at_once_end_as_one_by_one(seed, monkeypatch):
    text = some_list(seed)
    at_once, bulks = brought_in(text), []
    real = importing.write_down
    monkeypatch.setattr(
        importing, "write_down", lambda some, **rest: bulks.append(some) or real(some, **rest)
    )
    assert brought_in(text) == at_once
    assert any(len(some) > 1 for some in bulks)
    monkeypatch.setattr(importing, "is_plainly_new", lambda *_all: False)
    monkeypatch.setattr(importing, "_is_known_already", lambda *_all: False)
    one_by_one = brought_in(text)
    for ours, theirs in zip(at_once, one_by_one, strict=True):
        assert ours == theirs


@pytest.mark.django_db
def test_where_the_codes_are_used_up_each_line_says_so_and_the_others_come_in(monkeypatch):
    monkeypatch.setattr(persons, "make_reference", lambda *_how: "CC3CC3C")
    run = tried(HEAD + "a@example.org,Ana,One,,,,\nb@example.org,Ana,Two,,,,\n")
    begin_bringing_in(run, by=None)
    assert advance(run)
    assert list(run.rows.values_list("verdict", "why")) == [("add", ""), ("refuse", "failed")]
    assert Person.objects.get().reference == "CC3CC3C"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts before it chooses an index")
@pytest.mark.django_db
def test_nobody_is_sought_by_walking_through_everybody():
    known = Person.objects.known()
    for rows, index in (
        (known.filter(likeness__in=["a", "b"]).order_by("pk"), "likeness"),
        (known.filter(folded="rosa"), "folded"),
        (known.filter(addresses__folded__in=["a@example.org"]), "emailaddress"),
        (Person.objects.filter(merged_into=1), "merged_people"),
    ):
        assert index in rows.explain()
        assert "SCAN" not in rows.explain()


BRING = """
import django
django.setup()
from django.apps import apps
from django.core.management import call_command
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from pututu.people.models import ImportRun
from pututu.people.services import importing
HEAD = "Email,First Name,Last Name,Postcode,Status,Optin Time,Consent source\\n"

if not connection.introspection.table_names():
    with connection.schema_editor() as editor:
        for label in ("contenttypes", "auth", "accounts", "people"):
            for model in apps.get_app_config(label).get_models():
                editor.create_model(model)
    lines = "".join(f"p{n}@example.org,Ana,M{n},S6 {n % 9}BD,unsubscribed,,\\n" for n in range(3000))
    file = SimpleUploadedFile("list.csv", (HEAD + lines).encode())
    run = importing.take_list(file, filename="list.csv", by=None)
    importing.map_columns(run, mapping=run.mapping, terms={"purposes": ["bulletins"], "language": "en"})
print("begun", flush=True)
run = ImportRun.objects.get()
importing.advance(run)
importing.begin_bringing_in(run, by=None)
call_command("bring_in_list", run.pk)
"""
COUNT = """
import django
django.setup()
from pututu.people.models import *
rows = ImportRow.objects
print(Person.objects.count(), ConsentRecord.objects.count(), rows.exclude(done_at=None).count(), rows.count())
print(ImportRun.objects.get().state, AccessRecord.objects.filter(act="added").exclude(person_uid=None).count())
"""


def environment(folder: Path) -> dict[str, str]:
    own = {"PUTUTU_DATA": str(folder), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "pututu.config.settings"}
    return {**os.environ, **own}


def ran(code: str, folder: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_run_that_is_killed_again_and_again_loses_nothing_and_doubles_nothing(tmp_path):
    killed = 0
    for seconds in (0.4, 0.6, 0.8):
        with subprocess.Popen(
            [sys.executable, "-c", BRING], env=environment(tmp_path), stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            assert process.stdout.readline() == "begun\n"
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
        people, consents, done, _rows = map(int, ran(COUNT, tmp_path)[:4])
        assert people == consents == done  # what is marked is there, and nothing else is
    assert killed
    ran(BRING, tmp_path)
    assert ran(COUNT, tmp_path) == ["3000", "3000", "3000", "3000", "done", "3000"]
