"""How does somebody confirm by mail what they agreed to, and change it later without signing in?

Links are signed with the installation's key. The one that confirms names the rows by which it was asked: it ends after
a week, and with anything that the person said of the same purpose since. So an old mail can never undo a withdrawal.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Mapping
from functools import partial

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pututu.people.models import ConsentRecord, EmailAddress, Person, Suppression
from pututu.people.rules import Act, Basis, fold_address
from pututu.people.services.consent import lift_suppression, permission, record_consent, suppression_of
from pututu.people.services.limits import HOUR, Limit, may_try
from pututu.people.services.mail import envelop, in_paragraphs, send_apart
from pututu.people.services.persons import give_address
from pututu.people.signals import consent_confirmed
from pututu.shell.models import SiteSettings

logger = logging.getLogger(__name__)
CONFIRM_SALT = "people.confirm-consent"
PREFERENCES_SALT = "people.preferences"
CONFIRM_WITHIN = dt.timedelta(days=7)
FRESH_FOR = dt.timedelta(days=30)
"""For so long a link to the preferences may also agree; later it only withdraws, and agreeing is confirmed by mail."""
ONE_MAIL_IN = dt.timedelta(minutes=10)
CLOSED_MAY_BE_ASKED = Limit("ask an address closed by erasure", times=2, seconds=7 * 24 * HOUR)
"""Whoever was erased gets no more than that, under whatever names others fill forms in with their address."""


class LinkExpired(ValueError):
    """A link is not ours, too old, or was used already."""


@transaction.atomic
def ask_consent(
    person: Person,
    email: str | EmailAddress,
    purposes: Iterable[str],
    *,
    wording: str,
    page: str,
    language: str,
    anew: bool = False,
    service: Mapping[str, str] | None = None,
) -> list[ConsentRecord]:
    """Write to an address for somebody's word that they agree to ``purposes``; nothing is agreed until they give it.

    ``wording`` is what they read, ``page`` where. Asked again within ten minutes nothing more goes out, nor ever for
    what they agreed to already, nor to an address that is bad or closed; one that was closed because its owner was
    erased is asked, and opened when they confirm it and not before. ``anew`` asks also for what they agreed to
    already, and for the same purpose in other words at once. ``service`` is what they must be told in any case, by
    purpose in words: it is asked, in the same letter, only where the address is closed by erasure, for nothing else may
    go there. Returns what was asked. Raises AddressError.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    address = email if isinstance(email, EmailAddress) else give_address(person, email)
    closed = suppression_of(address.address)
    if address.state != EmailAddress.State.GOOD or (closed and closed.reason != Suppression.Reason.ERASED):
        return []
    service = (service or {}) if closed else {}
    purposes, wording = [*purposes, *service], "\n".join(filter(None, (wording, *service.values())))
    words = wording if anew else None
    wanted = [each for each in dict.fromkeys(purposes) if _is_worth_asking(person, address, each, anew=words)]
    if (
        wanted
        and closed
        and not may_try(CLOSED_MAY_BE_ASKED, fold_address(address.address), at=timezone.now())
    ):
        return []
    question = partial(
        record_consent, person, address, act=Act.ASKED, wording=wording, page=page, language=language
    )
    asked = [question(each, basis=Basis.SERVICE if each in service else Basis.CONSENT) for each in wanted]
    if asked:
        transaction.on_commit(
            lambda: _send_question(address.address, asked, language=language, apart=bool(service))
        )
    return asked


def _is_worth_asking(person: Person, email: EmailAddress, purpose: str, *, anew: str | None) -> bool:
    lately = ConsentRecord.objects.filter(
        person=person, email=email, purpose=purpose, act=Act.ASKED, at__gt=timezone.now() - ONE_MAIL_IN
    )
    if anew is not None:
        return not any(row.wording == anew and _is_open(row) for row in lately)
    return not permission(person, email, purpose) and not any(map(_is_open, lately))


def _send_question(address: str, asked: list[ConsentRecord], *, language: str, apart: bool) -> None:
    """Send it; ``apart`` from the answer of a site that must not tell by its time that somebody was erased."""
    with translation.override(language):
        link = address_of("consent-confirm", signing.dumps([row.pk for row in asked], salt=CONFIRM_SALT))
        context = {
            "group": SiteSettings.load().name,
            "wording": asked[0].wording,
            "link": link,
            "days": CONFIRM_WITHIN.days,
            "language": language,
        }
        subject = _("Please confirm: mail from %(group)s") % context
        text = render_to_string("people/mail/confirm.txt", context).strip() + "\n"
        words = {**context, "title": subject, "preview": in_paragraphs(text)[0][0][0]}
        mail = envelop(address, subject, text, "people/mail/confirm.html", words)
    if apart:
        return send_apart(mail)
    try:
        mail.send()
    except (
        OSError
    ) as failure:  # smtplib's errors are among them; they may name the address, so only the kind is kept
        logger.error("A question for consent could not be sent: %s.", type(failure).__name__)


def address_of(name: str, token: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=[token])}"


def asked_by(token: str) -> list[ConsentRecord]:
    """The rows that the link of a question stands for. Raises LinkExpired, also when it was used."""
    try:
        keys = signing.loads(token, salt=CONFIRM_SALT, max_age=CONFIRM_WITHIN)
    except signing.BadSignature as problem:
        raise LinkExpired("This link is not ours or has expired.") from problem
    rows = list(ConsentRecord.objects.filter(pk__in=keys, act=Act.ASKED).select_related("person", "email"))
    still = [row for row in rows if _is_open(row)]
    if not still:
        raise LinkExpired("This link was used already.")
    return still


def _is_open(asked: ConsentRecord) -> bool:
    """Whether nothing was said of the purpose since the question, and the address is still the person's."""
    since = ConsentRecord.objects.filter(
        person=asked.person_id, email=asked.email_id, purpose=asked.purpose, pk__gt=asked.pk
    )
    is_theirs = asked.person.person_emails.filter(email=asked.email_id).exists()
    return is_theirs and not since.exclude(act=Act.ASKED).exists()


@transaction.atomic
def confirm_consent(token: str) -> list[ConsentRecord]:
    """Write down that somebody agreed, as they were asked. Raises LinkExpired; so a link works once."""
    for person_id in {row.person_id for row in asked_by(token)}:
        Person.objects.select_for_update().get(pk=person_id)
    asked = asked_by(token)
    for row in asked:
        lift_suppression(row.email.address, reason=Suppression.Reason.ERASED)
    given = [
        record_consent(
            row.person,
            row.email,
            row.purpose,
            act=Act.NOTED if row.basis == Basis.SERVICE else Act.GIVEN,
            basis=Basis(row.basis),
            wording=row.wording,
            page=row.page,
            language=row.language,
        )
        for row in asked
    ]
    consent_confirmed.send(ConsentRecord, asked=asked)
    return given


# --- preferences


def preferences_token(person: Person, email: EmailAddress) -> str:
    """The end of a link by which whoever reads mail at ``email`` sees and changes what this person gets there."""
    return signing.dumps([str(person.uid), email.pk], salt=PREFERENCES_SALT)


def preferences_url(person: Person, email: EmailAddress) -> str:
    with translation.override(person.language):
        return address_of("preferences", preferences_token(person, email))


def whose_preferences(token: str) -> tuple[Person, EmailAddress, bool]:
    """The person, the address, and whether the link is fresh enough to agree by it. Raises LinkExpired."""
    try:
        uid, email_id = signing.loads(token, salt=PREFERENCES_SALT)
    except signing.BadSignature as problem:
        raise LinkExpired("This link is not ours.") from problem
    person = Person.objects.known().filter(uid=uid, person_emails__email=email_id).first()
    if person is None:
        raise LinkExpired("Nobody is reached by this link any more.")
    try:
        signing.loads(token, salt=PREFERENCES_SALT, max_age=FRESH_FOR)
    except signing.SignatureExpired:
        return person, EmailAddress.objects.get(pk=email_id), False
    return person, EmailAddress.objects.get(pk=email_id), True
