"""A member's device signs them in: each challenge once and soon, its lock opened, and nobody learns who is known."""

import datetime as dt
import json
import secrets

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from pututu.membership.models import Passkey, PasskeyChallenge
from pututu.people.models import Attempts, ConsentRecord
from pututu.people.services.disclosing import everything
from pututu.people.services.erasing import erase_person
from tests.belonging import make_membership, make_person, make_plan, pay_for
from tests.factories import make_site

from .conftest import link_in

pytestmark = pytest.mark.django_db
ORIGIN = "http://testserver"
FLAG = AuthenticatorData.FLAG


class Device:
    """An authenticator as the specification describes it, in so many words."""

    def __init__(self, host="testserver"):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.host, self.counter, self.handle = host, 0, b""
        self.is_unlocked = True

    def make(self, asked, origin=ORIGIN):
        asked = asked["publicKey"]
        self.handle = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        client = CollectedClientData.create("webauthn.create", asked["challenge"], origin)
        made = AttestationObject.create("none", self._data(FLAG.AT, data), {})
        return self._answer(clientDataJSON=client, attestationObject=made)

    def show(self, asked, origin=ORIGIN):
        client = CollectedClientData.create("webauthn.get", asked["publicKey"]["challenge"], origin)
        data = self._data(FLAG(0))
        signature = self.key.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=self.handle
        )

    def _data(self, flags, credential=b""):
        flags |= FLAG.UP | (FLAG.UV if self.is_unlocked else FLAG(0))
        return AuthenticatorData.create(sha256(self.host.encode()), flags, self.counter, credential)

    def _answer(self, **response):
        known = websafe_encode(self.id)
        told = {name: websafe_encode(value) for name, value in response.items()}
        return {"id": known, "rawId": known, "type": "public-key", "response": told}


def send(client, name, said=None, **headers):
    return client.post(
        reverse(name),
        json.dumps(said or {}),
        content_type="application/json",
        headers={"Origin": ORIGIN, **headers},
    )


@pytest.fixture(autouse=True)
def _on_a_day(time_machine):
    time_machine.move_to("2026-06-01T10:00Z")


@pytest.fixture
def rosa():
    make_site(("en", "es"))
    rosa = make_person("Rosa Quispe", "rosa@example.org")
    pay_for(make_membership(make_plan(), rosa))
    return rosa


@pytest.fixture
def at_home(client, rosa, letters):
    """Signed in by a link."""
    with letters() as sent:
        client.post(reverse("me-link"), {"email": "rosa@example.org"})
    client.post(link_in(sent[0]))
    return client


@pytest.fixture
def device(at_home):
    device = Device()
    answer = add(at_home, device)
    assert answer.status_code == 200, answer.content
    return device


def add(client, device, **changes):
    asked = send(client, "me-passkey-new").json()
    return send(client, "me-passkey-add", {"credential": device.make(asked, **changes), "name": "My phone"})


def sign_in(client, device, **changes):
    asked = send(client, "me-passkey-ask").json()
    return send(client, "me-passkey-in", {"credential": device.show(asked, **changes)})


def own_page(client):
    return client.get(reverse("me")).content.decode()


def test_a_device_that_was_added_signs_in_without_an_address(device, rosa):
    other = Client()
    assert "Rosa Quispe" not in own_page(other)
    answer = sign_in(other, device)
    assert answer.json() == {"go_to": "/en/me/"}
    assert "Rosa Quispe" in own_page(other)
    assert "My phone" in own_page(other)
    assert Passkey.objects.get().used_at
    assert everything(rosa)["passkeys"] == [{"name": "My phone", "added": "2026-06-01", "used": "2026-06-01"}]


def test_what_is_asked_names_nobody_and_wants_the_lock_opened(device):
    first, second = (send(Client(), "me-passkey-ask").json()["publicKey"] for _time in range(2))
    assert first.pop("challenge") != second.pop("challenge")
    assert first == second
    assert not first.get("allowCredentials")
    assert first["userVerification"] == "required"


def test_a_challenge_is_good_for_one_answer_within_five_minutes(device, time_machine):
    asked = send(Client(), "me-passkey-ask").json()
    answer = {"credential": device.show(asked)}
    assert send(Client(), "me-passkey-in", answer).status_code == 200
    assert send(Client(), "me-passkey-in", answer).status_code == 400
    late = send(Client(), "me-passkey-ask").json()
    time_machine.shift(dt.timedelta(minutes=5, seconds=1))
    assert send(Client(), "me-passkey-in", {"credential": device.show(late)}).status_code == 400
    assert not PasskeyChallenge.objects.filter(challenge_hash=late["publicKey"]["challenge"]).exists()


def test_a_challenge_of_nobody_is_not_answered(device):
    assert sign_in(Client(), device).status_code == 200
    made_up = {"publicKey": {"challenge": websafe_encode(secrets.token_bytes(32))}}
    assert send(Client(), "me-passkey-in", {"credential": device.show(made_up)}).status_code == 400


def test_every_refusal_reads_the_same(device, rosa):
    locked, elsewhere, forged, strange = Device(), Device(), Device(), Device()
    for each in (locked, elsewhere, forged):
        each.id, each.handle = device.id, device.handle
    locked.key, locked.is_unlocked = device.key, False
    elsewhere.key, elsewhere.host = device.key, "example.com"
    answers = [sign_in(Client(), each) for each in (locked, elsewhere, forged, strange)]
    answers.append(sign_in(Client(), device, origin="http://evil.example"))
    answers += [send(Client(), "me-passkey-in", said) for said in ({}, {"credential": {"id": "x"}})]
    assert {(each.status_code, each.content) for each in answers} == {(400, answers[0].content)}
    assert sign_in(Client(), device).status_code == 200


@pytest.mark.parametrize("body", ["", "[]", "{", '{"credential": 7}', "x" * 30_000])
def test_nonsense_is_refused_and_nothing_breaks(rosa, body):
    answer = Client().post(
        reverse("me-passkey-in"), body, content_type="application/json", headers={"Origin": ORIGIN}
    )
    assert answer.status_code == 400


def test_a_page_of_somebody_else_cannot_ask_or_sign_in(device):
    for origin in ("https://evil.example", "null", ""):
        assert send(Client(), "me-passkey-ask", Origin=origin).status_code == 403
        assert send(Client(), "me-passkey-in", Origin=origin).status_code == 403


def test_a_counter_that_does_not_go_on_gets_nobody_in(device):
    device.counter = 5
    assert sign_in(Client(), device).status_code == 200
    assert sign_in(Client(), device).status_code == 400  # a copy of the device counted the same
    device.counter = 4
    assert sign_in(Client(), device).status_code == 400
    device.counter = 6
    assert sign_in(Client(), device).status_code == 200


def test_a_device_without_a_counter_signs_in_again_and_again(device):
    assert [sign_in(Client(), device).status_code for _time in range(3)] == [200] * 3


def test_trying_too_often_is_refused(device):
    send(Client(), "me-passkey-ask")
    Attempts.objects.update(count=1000)
    assert send(Client(), "me-passkey-ask").status_code == 429


def test_asking_sets_no_cookie(device):
    assert not send(Client(), "me-passkey-ask").cookies


def test_a_passkey_is_named_taken_out_and_told_of(at_home, device, rosa, letters):
    passkey = Passkey.objects.get()
    url = reverse("me-passkey", args=[passkey.pk])
    at_home.post(url, {"name": "My computer"})
    assert "My computer" in own_page(at_home)
    with letters() as sent:
        at_home.post(url, {"act": "remove"})
        at_home.post(url, {"act": "remove"})
    assert [each.to for each in sent] == [["rosa@example.org"]]
    assert "passkeys" in sent[0].subject
    assert sign_in(Client(), device).status_code == 400


def test_nobody_changes_the_passkey_of_somebody_else(device, letters):
    make_person("Ana Lopez", "ana@example.org")
    ana = Client()
    with letters() as sent:
        ana.post(reverse("me-link"), {"email": "ana@example.org"})
    ana.post(link_in(sent[0]))
    ana.post(reverse("me-passkey", args=[Passkey.objects.get().pk]), {"act": "remove"})
    assert Passkey.objects.count() == 1
    assert "My phone" not in own_page(ana)


def test_adding_is_answered_once_and_only_by_who_is_signed_in(at_home, device):
    other = Device()
    asked = send(at_home, "me-passkey-new").json()
    assert [each["id"] for each in asked["publicKey"]["excludeCredentials"]] == [websafe_encode(device.id)]
    made = {"credential": other.make(asked), "name": ""}
    assert send(at_home, "me-passkey-add", made).status_code == 200
    assert send(at_home, "me-passkey-add", made).status_code == 400
    assert add(at_home, other).status_code == 400  # known already
    assert send(Client(), "me-passkey-add", made).status_code == 302
    assert Passkey.objects.count() == 2


def test_an_unlocked_device_is_asked_for_when_one_is_added(at_home):
    locked = Device()
    locked.is_unlocked = False
    assert add(at_home, locked).status_code == 400
    assert add(at_home, Device(), origin="http://evil.example").status_code == 400
    assert not Passkey.objects.exists()


def test_whoever_came_by_a_passkey_confirms_new_mail_from_the_mailbox(device, rosa, letters):
    client = Client()
    sign_in(client, device)
    with letters() as sent:
        client.post(reverse("me-mail"), {"purpose": "events", "act": "start"})
    assert not ConsentRecord.objects.filter(act="given").exists()
    assert "/agree/" in sent[0].body


def test_after_an_erasure_the_device_opens_nothing(device, rosa):
    erase_person(rosa, by=None)
    assert not Passkey.objects.exists()
    assert sign_in(Client(), device).status_code == 400


def test_who_has_no_address_any_more_is_not_let_in(device, rosa):
    rosa.person_emails.all().delete()
    assert sign_in(Client(), device).status_code == 400
