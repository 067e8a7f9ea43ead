"""Does a list come in once, honestly, and never against what somebody said?"""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from pututu.people.models import AccessRecord, ConsentRecord, EmailAddress, ImportRow, ImportRun, Person
from pututu.people.rules import Act, Purpose, Refusal
from pututu.people.services import add_person, importing, permission, record_consent, suppress
from pututu.people.services.importing import advance, begin_bringing_in, map_columns, take_list
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db
HEAD = "Email,First Name,Last Name,Postcode,Status,Optin Time,Consent source\n"
TERMS = {"purposes": ["bulletins"], "language": "en"}


@pytest.fixture(autouse=True)
def _site():
    make_site(("en", "es"))


def upload(text: str, encoding: str = "utf-8") -> ImportRun:
    file = SimpleUploadedFile("list.csv", text.encode(encoding))
    return take_list(file, filename="list.csv", by=None)


def tried(text: str, **terms) -> ImportRun:
    run = upload(text)
    map_columns(run, mapping=run.mapping, terms=TERMS | terms)
    assert advance(run)
    return run


def bring(text: str, **terms) -> ImportRun:
    run = tried(text, **terms)
    begin_bringing_in(run, by=None)
    assert advance(run)
    return run


def verdicts(run: ImportRun) -> list[tuple[int, str, str]]:
    return list(run.rows.values_list("line", "verdict", "why"))


def answer(person: Person, purpose: str = Purpose.BULLETINS) -> object:
    found = permission(person, person.addresses.first(), purpose)
    return found.refusal or found.basis


# --- what would happen


def test_columns_are_guessed_in_english_and_spanish():
    run = upload("Correo electrónico;Nombre;Apellidos;Código postal;Idioma;Estado;Anything\n")
    assert list(run.mapping.values()) == [
        "email",
        "given_names",
        "family_name",
        "postcode",
        "language",
        "standing",
        "",
    ]
    assert run.delimiter == ";"


def test_trying_says_of_each_line_what_would_happen_and_writes_nobody_down():
    rosa = add_person("Rosa Quispe", emails=["rosa@example.org"], postcode="N1 9GU")
    suppress("gone@example.org", reason="erased")
    run = tried(
        HEAD
        + "new@example.org,Ana,Mamani,,subscribed,2024-05-01,Web form\n"
        + "ROSA@example.org,Rosa,Quispe,,,,\n"
        + "rosa@example.org,Luis,Quispe,,,,\n"
        + "other@example.org,Rosa,Quispe,n19gu,,,\n"
        + "gone@example.org,Eva,Gone,,,,\n"
        + "no address,Eva,X,,,,\n"
        + "x@example.org,Eva,X,,gibberish,,\n"
        + "y@example.org,Eva,Y,,subscribed,31/31/2024,\n"
        + ",,,N1,,,\n"
        + "new@example.org,Ana,Mamani,,,,\n"
        + "new@example.org,Pedro,Mamani,,,,\n"
        + "z@example.org,Eva,Z,,subscribed,,\n"
    )
    assert verdicts(run) == [
        (2, "add", ""),
        (3, "match", "same-address-and-name"),
        (4, "decide", "other-name"),
        (5, "decide", "same-name-and-postcode"),
        (6, "refuse", "erased"),
        (7, "refuse", "no-address"),
        (8, "refuse", "no-standing"),
        (9, "refuse", "no-day"),
        (10, "refuse", "nobody"),
        (11, "match", "same-address-and-name"),
        (12, "decide", "other-name"),
        (13, "add", "nothing-carried"),
    ]
    assert run.rows.get(line=11).same_as == 2
    assert run.rows.get(line=3).person == rosa
    assert Person.objects.count() == 1
    assert not ConsentRecord.objects.exists()


# --- what happens


def test_a_list_comes_in_once_however_often_it_is_sent():
    text = HEAD + "".join(f"p{n}@example.org,Ana,M{n},,subscribed,2024-05-01,Form\n" for n in range(250))
    run = bring(text)
    assert Person.objects.count() == 250
    assert answer(Person.objects.get(name="Ana M7")) == "consent"
    assert ConsentRecord.objects.count() == 250
    again = upload(text)
    assert again.pk == run.pk
    begin_bringing_in(again, by=None)
    advance(again)
    assert (Person.objects.count(), ConsentRecord.objects.count()) == (250, 250)
    assert not list(importing.folder().iterdir())


@pytest.mark.parametrize("killed_at", [0, 1, 2])
def test_a_run_that_was_killed_goes_on_and_brings_nobody_in_twice(monkeypatch, killed_at):
    text = HEAD + "".join(f"p{n}@example.org,Ana,M{n},,unsubscribed,,\n" for n in range(250))
    run = tried(text)
    begin_bringing_in(run, by=None)
    real, count = importing.write_down, iter(range(1000))

    def dying(*args, **kwargs):
        real(*args, **kwargs)
        if next(count) == killed_at:
            raise KeyboardInterrupt

    monkeypatch.setattr(importing, "write_down", dying)
    with pytest.raises(KeyboardInterrupt):
        advance(run)
    assert Person.objects.count() == killed_at * 100
    call_command("bring_in_list", run.pk, stdout=io.StringIO())
    assert Person.objects.count() == 250
    assert ConsentRecord.objects.count() == 250
    assert set(Person.objects.values_list("import_rows__run", flat=True)) == {run.pk}


def test_trying_can_be_stopped_and_goes_on(monkeypatch):
    run = upload(HEAD + "".join(f"p{n}@example.org,A,M{n},,,,\n" for n in range(250)))
    map_columns(run, mapping=run.mapping, terms=TERMS)
    assert not advance(run, seconds=0)
    assert run.rows.count() == 100
    while not advance(run, seconds=0):
        pass
    assert run.rows.count() == 250


@pytest.mark.parametrize(
    ("standing", "state", "refusal"),
    [
        ("unsubscribed", "good", Refusal.WITHDRAWN),
        ("cleaned", "bounced", Refusal.BAD_ADDRESS),
        ("spam", "complained", Refusal.BAD_ADDRESS),
        ("baja", "good", Refusal.WITHDRAWN),
        ("subscribed", "good", "consent"),
    ],
)
def test_how_somebody_stood_to_the_list_is_carried_in(standing, state, refusal):
    bring(HEAD + f"ana@example.org,Ana,M,,{standing},2024-05-01,Form\n")
    ana = Person.objects.get()
    assert ana.addresses.get().state == state
    assert answer(ana) == refusal


@pytest.mark.parametrize("standing", ["subscribed", "unsubscribed", "cleaned", "spam", "pending", ""])
@pytest.mark.parametrize("before", ["withdrawn", "bounced", "complained", "suppressed"])
def test_nothing_that_protects_somebody_is_ever_taken_back(before, standing):
    ana = add_person("Ana M", emails=["ana@example.org"])
    email = ana.addresses.get()
    record_consent(ana, email, Purpose.BULLETINS, act=Act.GIVEN, at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    assert permission(ana, email, Purpose.BULLETINS)
    if before == "withdrawn":
        record_consent(ana, email, Purpose.BULLETINS, act=Act.WITHDRAWN)
    elif before == "suppressed":
        suppress(email.address, reason="unsubscribed")
    else:
        EmailAddress.objects.update(state=before)
    bring(HEAD + f"ana@example.org,Ana,M,,{standing},2026-01-01,Form\n", wording="x", agreed_on="2026-01-01")
    assert Person.objects.count() == 1
    assert not permission(ana, EmailAddress.objects.get(), Purpose.BULLETINS)
    ranks = ["good", "bounced", "complained"]
    if before in ranks:
        assert ranks.index(EmailAddress.objects.get().state) >= ranks.index(before)


def test_agreement_without_a_day_and_a_source_or_stated_words_is_not_carried_in():
    bring(
        HEAD
        + "a@example.org,A,A,,subscribed,,Form\n"
        + "b@example.org,B,B,,subscribed,2024-05-01,\n"
        + "c@example.org,C,C,,subscribed,2024-05-01,Form\n"
    )
    assert {each.name: str(answer(each)) for each in Person.objects.all()} == {
        "A A": "never-agreed",
        "B B": "never-agreed",
        "C C": "consent",
    }
    bring(HEAD + "d@example.org,D,D,,subscribed,,\n", wording="Send me the bulletin", agreed_on="2024-01-01")
    row = ConsentRecord.objects.get(person__name="D D")
    assert (row.wording, row.at.date()) == ("Send me the bulletin", dt.date(2024, 1, 1))


def test_a_match_fills_what_is_empty_and_overwrites_nothing():
    rosa = add_person("Rosa Quispe", emails=["rosa@example.org"], town="Leeds")
    bring('Email,Name,Town,Phone,Tags\nrosa@example.org,rosa quispe,London,0123,"choir; lima"\n')
    rosa.refresh_from_db()
    assert (rosa.name, rosa.town, rosa.telephone, rosa.tags.count()) == ("Rosa Quispe", "Leeds", "0123", 2)
    assert AccessRecord.objects.get(act="changed").fields == ["tags", "telephone"]


def test_what_waits_for_a_decision_comes_in_as_it_was_decided():
    rosa = add_person("Rosa Quispe", emails=["home@example.org"])
    lines = "".join(f"home@example.org,{name},Q,,,,\n" for name in ("Luis", "R", "Eva"))
    run = bring(HEAD + lines + "new@example.org,New,One,,,,\n")
    assert Person.objects.count() == 2
    assert run.rows.filter(done_at=None).count() == 3
    for line, choice in ((2, "other"), (3, "same"), (4, "leave")):
        run.rows.filter(line=line).update(choice=choice)
    begin_bringing_in(run, by=None)
    advance(run)
    assert set(Person.objects.values_list("name", flat=True)) == {"Rosa Quispe", "New One", "Luis Q"}
    assert EmailAddress.objects.get(folded="home@example.org").people.count() == 2
    assert run.rows.get(line=3).person == rosa
    assert not run.rows.filter(done_at=None).exists()


def test_memory_stays_flat_however_long_the_list(monkeypatch):
    most = 0
    real = importing._try_batch

    def counting(run, batch):
        nonlocal most
        most = max(most, len(batch))
        real(run, batch)

    monkeypatch.setattr(importing, "_try_batch", counting)
    run = tried("Email\n" + "".join(f"p{n}@example.org\n" for n in range(1000)))
    assert most == importing.BATCH
    assert run.rows.count() == 1000


# --- the screens


@pytest.fixture
def secretary(client):
    user = make_staff("Membership secretaries", email="secretary@example.org")
    client.force_login(user)
    return user


def test_a_list_goes_through_the_screens_from_upload_to_done(client, secretary):
    add_person("Rosa Quispe", emails=["home@example.org"])
    text = HEAD + "a@example.org,José,A,,subscribed,01/05/2024,Form\nhome@example.org,Luis,Q,,,,\n"
    file = SimpleUploadedFile("list.csv", text.encode("cp1252"))
    run_page = client.post(reverse("people:lists"), {"file": file}).url
    columns = client.get(run_page).url
    shown = client.get(columns).content.decode()
    assert "José" in shown
    form = {f"column-{n}": name for n, name in enumerate(ImportRun.objects.get().mapping.values())}
    assert client.post(columns, form | {"column-0": "", "column-1": "", "column-2": ""}).status_code == 200
    form |= {"purposes": ["bulletins"], "language": "es", "days": "day"}
    assert client.post(columns, form).url == run_page
    assert Person.objects.count() == 1
    go_on = f"{run_page}go-on/"
    client.post(go_on, {"apply": "1"})
    client.post(go_on, {"apply": "1"})
    jose = Person.objects.get(name="José A")
    assert (answer(jose), jose.language) == ("consent", "es")
    assert "1 line waits" in client.get(run_page).content.decode()
    client.post(go_on, {"apply": "1", "line-3": "other"})
    assert Person.objects.count() == 3
    assert ImportRow.objects.filter(done_at=None).count() == 0


def test_what_is_no_table_is_refused_on_the_screen(client, secretary):
    file = SimpleUploadedFile("list.xlsx", b"PK\x03\x04\x00\x00")
    assert "no table" in client.post(reverse("people:lists"), {"file": file}).content.decode()
    assert not ImportRun.objects.exists()
    assert not list(importing.folder().iterdir())


def test_the_export_has_the_chosen_columns_guarded_and_is_logged(client, secretary):
    rosa = add_person('=HYPERLINK("x")', emails=["rosa@example.org"], language="es", telephone="+51 1")
    add_person("English One")
    record_consent(rosa, rosa.addresses.get(), Purpose.BULLETINS, act=Act.GIVEN)
    page = f"{reverse('people:export')}?language=es"
    answer_ = client.post(page, {"columns": ["name", "telephone", "bulletins", "events"]})
    text = b"".join(answer_.streaming_content).decode()
    assert text.splitlines()[1] == '"\'=HYPERLINK(""x"")",\'+51 1,rosa@example.org,'
    assert "English One" not in text
    row = AccessRecord.objects.get(act="exported")
    assert (row.detail, row.fields) == ("1: language=es", ["bulletins", "events", "name", "telephone"])


def test_treasurers_neither_bring_in_nor_take_out(client, secretary):
    assert client.get(reverse("people:export")).status_code == 200
    client.force_login(make_staff("Treasurers", email="treasurer@example.org"))
    for name in ("export", "lists"):
        assert client.get(reverse(f"people:{name}")).status_code == 302


def test_countries_come_in_by_name_in_two_languages_or_by_code_and_unknown_ones_are_told_by_line():
    rows = [
        "a@example.org,Perú",
        "b@example.org,United Kingdom",
        "c@example.org,de",
        "d@example.org,Ruritania",
    ]
    run = tried("Email,País\n" + "\n".join(rows) + "\n")
    refused = run.rows.get(verdict="refuse")
    assert (refused.line, refused.why, refused.text) == (5, "no-country", "Ruritania")
    begin_bringing_in(run, by=None)
    advance(run)
    found = Person.objects.order_by("name").values_list("name", "country")
    assert list(found) == [("a@example.org", "PE"), ("b@example.org", "GB"), ("c@example.org", "DE")]
