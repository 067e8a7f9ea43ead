"""How does a member sign in with a passkey of their device?

A passkey is asked for without naming anybody, so that nothing tells who is known. Each challenge is good for one answer
within minutes. Source: W3C Web Authentication, level 3 (7.1 registering, 7.2 verifying), with the library ``fido2``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from pututu.membership.models import Passkey, PasskeyChallenge
from pututu.membership.services.mail import warn
from pututu.people.models import AccessRecord, Person
from pututu.people.services import log_access

logger = logging.getLogger(__name__)
ANSWER_WITHIN = dt.timedelta(minutes=5)
AT_MOST = 10


class NotAccepted(Exception):
    """The device's answer is none that we asked for, or of a passkey that we don't know. Nobody is told which."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where passkeys are for: the name of the site, its host, and the origin that a browser must name."""

    name: str
    host: str
    origin: str

    @property
    def server(self) -> Fido2Server:
        entity = PublicKeyCredentialRpEntity(name=self.name, id=self.host)
        return Fido2Server(entity, verify_origin=lambda origin: origin == self.origin)


# --- adding one


def ask_for_new(person: Person, site: Site, *, at: dt.datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the device is asked, to make a passkey; and what must be kept until it answers. Writes nothing."""
    until = (at + ANSWER_WITHIN).timestamp()
    user = PublicKeyCredentialUserEntity(
        id=secrets.token_bytes(32), name=person.name, display_name=person.name
    )
    asked, state = site.server.register_begin(
        user,
        credentials=[AttestedCredentialData(bytes(each.credential)) for each in person.passkeys.all()],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(asked), {**state, "handle": websafe_encode(user.id), "until": until}


@transaction.atomic
def add_passkey(
    person: Person, site: Site, state: Mapping[str, Any], answer: Any, *, name: str, at: dt.datetime
) -> Passkey:
    """Keep the public half of the passkey that a device made, and write to its owner. Raises NotAccepted."""
    Person.objects.select_for_update().get(pk=person.pk)
    if person.passkeys.count() >= AT_MOST or state["until"] < at.timestamp():
        raise NotAccepted
    made = _checked(lambda: site.server.register_complete(state, _object(answer)))
    credential = made.credential_data
    if credential is None or _known(credential.credential_id):
        raise NotAccepted
    passkey = Passkey.objects.create(
        person=person,
        credential_hash=_hash(credential.credential_id),
        credential=bytes(credential),
        handle=state["handle"].encode(),
        counter=made.counter,
        name=name.strip()[:60] or f"{at:%Y-%m-%d}",
    )
    _note(person, "passkey added")
    return passkey


def rename_passkey(person: Person, number: int, name: str) -> bool:
    return bool(name.strip() and person.passkeys.filter(pk=number).update(name=name.strip()[:60]))


@transaction.atomic
def remove_passkey(person: Person, number: int) -> bool:
    """Take a passkey out: its device signs in no longer. False where it is not theirs, or went before."""
    removed, _rows = person.passkeys.filter(pk=number).delete()
    if removed:
        _note(person, "passkey removed")
    return bool(removed)


def _note(person: Person, detail: str) -> None:
    log_access(AccessRecord.Act.CHANGED, person=person, by=None, fields=["passkeys"], detail=detail)
    warn(person, person.addresses.all(), "passkeys_changed")


# --- signing in


def ask_to_sign_in(site: Site, *, at: dt.datetime) -> dict[str, Any]:
    """What any device is asked, to sign anybody in. Its challenge is written down, and old ones are thrown away."""
    PasskeyChallenge.objects.filter(expires_at__lt=at - ANSWER_WITHIN).delete()
    challenge = secrets.token_bytes(32)
    PasskeyChallenge.objects.create(challenge_hash=_hash(challenge), expires_at=at + ANSWER_WITHIN)
    asked, _state = site.server.authenticate_begin(
        user_verification=UserVerificationRequirement.REQUIRED, challenge=challenge
    )
    return dict(asked)


def sign_in_by(answer: Any, site: Site, *, at: dt.datetime) -> Person:
    """Return whose passkey signed a challenge of ours, which is used up by that. Raises NotAccepted."""
    response = _checked(lambda: AuthenticationResponse.from_dict(_object(answer)))
    challenge = response.response.client_data.challenge
    if not _use_up(challenge, at=at):
        raise NotAccepted
    passkey = _known(response.raw_id)
    handle = response.response.user_handle
    if passkey is None or (handle and websafe_encode(handle).encode() != bytes(passkey.handle)):
        raise NotAccepted
    state = {
        "challenge": websafe_encode(challenge),
        "user_verification": UserVerificationRequirement.REQUIRED,
    }
    credential = AttestedCredentialData(bytes(passkey.credential))
    _checked(lambda: site.server.authenticate_complete(state, [credential], response))
    _count(passkey, response.response.authenticator_data.counter, at=at)
    return passkey.person


def _use_up(challenge: bytes, *, at: dt.datetime) -> bool:
    found = PasskeyChallenge.objects.filter(challenge_hash=_hash(challenge), used_at=None, expires_at__gt=at)
    return bool(found.update(used_at=at))


def _count(passkey: Passkey, counter: int, *, at: dt.datetime) -> None:
    """Write the device's counter down. One that did not go on may be a copy's: it does not get in."""
    same = Passkey.objects.filter(pk=passkey.pk)
    counts = counter > 0 or passkey.counter > 0
    ahead = same.filter(counter__lt=counter) if counts else same
    if not ahead.update(counter=counter, used_at=at):
        logger.warning("The counter of passkey %s did not go on: it may have been copied.", passkey.pk)
        raise NotAccepted


def _known(credential_id: bytes) -> Passkey | None:
    return Passkey.objects.select_related("person").filter(credential_hash=_hash(credential_id)).first()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _object(answer: Any) -> Mapping[str, Any]:
    if not isinstance(answer, Mapping):
        raise TypeError("a browser's answer is an object")
    return answer


def _checked(act: Callable[[], Any]) -> Any:
    """Let the library read or verify what a browser sent: whatever it finds wrong is not accepted."""
    try:
        return act()
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError) as error:
        raise NotAccepted from error
