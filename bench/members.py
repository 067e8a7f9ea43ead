"""How long do the lists of 50,000 people and memberships take, by status too?

Run ``python -m bench.members [memberships]``: a temporary SQLite database (or the one that DATABASE_URL names) gets
people with a membership and five terms each; of ten one lapsed, one is in grace, one was given up, one never paid.
Pages are asked for as a browser asks, by somebody signed in. The reference, in the same run: one plain query that
fetches the terms of all of them.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pututu.config.settings")
        os.environ["PUTUTU_DATA"] = folder
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.test import override_settings

        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        prepare(count)
        storage = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        plain = {**settings.STORAGES, "staticfiles": storage}
        with override_settings(STORAGES=plain, ALLOWED_HOSTS=["*"], IS_DEMO=True):  # and no second factor
            measure()


def prepare(count: int) -> None:
    from pututu.lib.references import make_reference
    from pututu.membership.models import Belonging, Decision, Membership, Plan, Term
    from pututu.people.models import Person

    chance, today = random.Random(1), dt.date.today()
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(make_reference(chance.choice))
    people = [Person(name=f"Quispe {chance.random():.6f}", reference=code) for code in sorted(codes)]
    for person in people:
        person.derive()
    Person.objects.bulk_create(people, 1000)
    plan = Plan.objects.create(slug="individual", minor=3600, currency="GBP")
    plan.wordings.create(language="en", name="Individual")
    plan.save()
    held = [Membership(plan=plan, holder=person, applied_on=today - dt.timedelta(1800)) for person in people]
    Membership.objects.bulk_create(held, 1000)
    Belonging.objects.bulk_create(
        (Belonging(membership=each, person=each.holder, since=each.applied_on) for each in held), 1000
    )
    terms = (term for at, each in enumerate(held) for term in terms_of(each, at, today))
    Term.objects.bulk_create(terms, 1000)
    left = (
        Decision(membership=each, status="resigned", first=today - dt.timedelta(40), reason="moved")
        for at, each in enumerate(held)
        if at % 10 == 2
    )
    Decision.objects.bulk_create(left, 1000)


def terms_of(membership: Any, at: int, today: dt.date) -> list[Any]:
    """Five years, one after the other; the last ends in the coming year but for those who lapsed or are in grace."""
    from pututu.membership.models import Term

    if at % 10 == 3:
        return []
    over = {0: 400, 1: 10}.get(at % 10, -(at % 365))
    last = today - dt.timedelta(over)
    return [
        Term(
            membership=membership,
            plan_id=membership.plan_id,
            first=last - dt.timedelta(365 * (back + 1) - 1),
            last=last - dt.timedelta(365 * back),
            anchor=1,
            ground="granted",
        )
        for back in range(5)
    ]


def measure() -> None:
    from django.test import Client

    from pututu.accounts.models import User
    from pututu.membership.models import Term

    client = Client()
    client.force_login(User.objects.create_superuser("bench@example.org", "twelve long words", name="Bench"))
    client.get("/admin/memberships/?name=nobody")
    reference = timed(lambda: list(Term.objects.values_list("membership", "first", "last")))
    for what, path in (
        ("people: first page", "/admin/people/"),
        ("people: by name", "/admin/people/?q=quispe+0.12"),
        ("memberships: first page", "/admin/memberships/"),
        ("memberships: the last page", "/admin/memberships/?page=9999"),
        ("memberships: current", "/admin/memberships/?status=current"),
        ("memberships: in grace", "/admin/memberships/?status=grace"),
        ("memberships: ends within 30 days", "/admin/memberships/?days=30"),
        ("memberships: as a table", "/admin/memberships/table.csv"),
    ):
        took = min(timed(lambda path=path: asked(client, path)) for _time in range(2))
        print(f"{what}: {took:.2f} s")
    print(f"reference: the terms of all, fetched plainly: {reference:.2f} s")


def asked(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    assert answer.content if not answer.streaming else b"".join(answer.streaming_content)


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
