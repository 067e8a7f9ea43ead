"""How does the demonstration get into an empty installation?"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group as Role
from django.db import transaction
from django.utils import timezone

from pututu.accounts.models import User
from pututu.giving.models import Method
from pututu.home.models import HomePage
from pututu.membership.models import Plan, PlanWording
from pututu.operations.demonstration.bulletins import make_bulletins
from pututu.operations.demonstration.members import make_members
from pututu.operations.demonstration.pages import Maker
from pututu.operations.demonstration.source import read_bulletins, read_items, read_names, read_site
from pututu.operations.services import Group, found_site
from pututu.topics.models import Place, PlaceName, Topic, TopicName

KINDS = ("background", "news", "articles", "publications", "events")
LANGUAGES = ("en", "es")
STAFF = (
    ("coordinator@demo.example", "Coordinator", "Administrators"),
    ("editor@demo.example", "Editor", "Editors"),
    ("treasurer@demo.example", "Treasurer", "Treasurers"),
    ("secretary@demo.example", "Membership secretary", "Membership secretaries"),
)


def load_demonstration(folder: Path, *, report: Callable[[str], None], sign_in: Path) -> None:
    """Found the demonstration's group from ``folder`` and publish its pages; does nothing where a site stands.

    Writes how to sign in as staff to ``sign_in``. Raises UnreadableItem, which names the file, for a broken one.
    """
    if HomePage.objects.exists():
        return
    today = timezone.localdate()
    facts = read_site(folder)
    with transaction.atomic():
        report("Founding the group")
        homes = found_site(_group(facts), host="127.0.0.1", port=_port())
        _make_labels(facts)
        _make_plans(facts)
        password = _make_staff()
    with transaction.atomic():
        report("Remembering ten years of members")
        make_members(read_names(folder), today=today)
    maker = Maker(homes=homes, today=today, group=str(facts["name"]))
    for kind in KINDS:
        for language in LANGUAGES:
            items = read_items(folder, language, kind)
            with transaction.atomic():
                for number, item in enumerate(items, start=1):
                    report(f"Publishing {kind} in {language}: {number} of {len(items)}")
                    maker.make(item)
    with transaction.atomic():
        report("Arranging the front pages")
        maker.relate()
        maker.arrange_fronts(facts)
    with transaction.atomic():
        report("Remembering past bulletins")
        make_bulletins(read_bulletins(folder), sender=settings.DEFAULT_FROM_EMAIL, today=today)
    _tell(sign_in, password)


def _port() -> int:
    return int(settings.BASE_URL.rpartition(":")[2]) if settings.BASE_URL.count(":") == 2 else 80


def _group(facts: dict[str, Any]) -> Group:
    plain = (
        "short_name",
        "country",
        "city",
        "founded",
        "time_zone",
        "currency",
        "email",
        "postal_address",
    )
    return Group(
        name=facts["name"],
        languages=LANGUAGES,
        straplines=facts["strapline"],
        descriptions=facts["description"],
        legal_forms=facts.get("legal_form", {}),
        cities=facts.get("city_in", {}),
        particulars={name: facts[name] for name in plain if name in facts},
        social_links=tuple((link["label"], link["url"]) for link in facts.get("social", [])),
    )


def _make_labels(facts: dict[str, Any]) -> None:
    for model, name_model, rows in ((Topic, TopicName, facts["topics"]), (Place, PlaceName, facts["places"])):
        for row in rows:
            label = model(slug=row["slug"])
            label.names = [
                name_model(
                    language=language, name=row[language], description=row.get(f"description_{language}", "")
                )
                for language in LANGUAGES
            ]
            label.save()


def _make_plans(facts: dict[str, Any]) -> None:
    for order, row in enumerate(facts["plans"]):
        plan = Plan(
            slug=row["slug"],
            kind=row["kind"],
            minor=row["minor"],
            currency=facts["currency"],
            people_at_most=row.get("people_at_most", 1),
            methods=[each for each in Method.values if each != Method.CASH],
            order=order,
        )
        plan.wordings = [
            PlanWording(language=language, name=row[language], description=row[f"description_{language}"])
            for language in LANGUAGES
        ]
        plan.save()


def _make_staff() -> str:
    """Make the demonstration's staff accounts; return their password, which is made here and known nowhere else."""
    password = "-".join(secrets.token_hex(3) for _part in range(3))
    for email, name, role in STAFF:
        user = User.objects.create_user(email, password, name=name, is_superuser=role == "Administrators")
        user.groups.add(Role.objects.get(name=role))
    return password


def _tell(sign_in: Path, password: str) -> None:
    """Write how to sign in, which is also the mark that everything before has succeeded."""
    names = ", ".join(email for email, _name, _role in STAFF)
    sign_in.touch(mode=0o600)
    sign_in.write_text(f"Sign in as:    {names}\nPassword:      {password}\n", encoding="utf-8")
