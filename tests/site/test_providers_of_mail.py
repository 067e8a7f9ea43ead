"""Do mails go through a provider as through a mail server, and does what it tells us count once, if it is from it?"""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from pututu.bulletins.models import Choice, Delivery, Issue, ReturnedMail
from pututu.bulletins.providers import channel
from pututu.bulletins.providers.contract import Unreachable
from pututu.bulletins.rules.ledger import State
from pututu.bulletins.rules.returned import Kind
from pututu.bulletins.services.posting import Composers
from pututu.bulletins.services.sending import send_due
from pututu.bulletins.tests.mail_provider import Provider, mail_provider
from pututu.bulletins.tests.making import make_issue, make_reader, make_series, start
from pututu.config.mail import mail
from pututu.people.models import EmailAddress
from tests.factories import make_site

SECRET = "a-secret-long-enough"
URLS = {
    "postmark": "postmark://a-token@postmark?stream=broadcast",
    "mailgun": "mailgun://a-key@mg.example.org",
}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with mail_provider() as found:
        yield found


@pytest.fixture(params=["postmark", "mailgun"])
def name(request: pytest.FixtureRequest, provider: Provider, settings: Any) -> str:
    """An installation whose mail this provider takes, set up by its variables alone."""
    use(request.param, provider, settings)
    return str(request.param)


def use(which: str, provider: Provider, settings: Any, secret: str = SECRET) -> None:
    for key, value in mail(URLS[which], sender="office@example.org", webhook_secret=secret).items():
        setattr(settings, key, value)
    address = {"POSTMARK_API_URL": provider.url, "MAILGUN_API_URL": f"{provider.url}v3"}
    settings.ANYMAIL = settings.ANYMAIL | address


@pytest.fixture
def issue(db: None) -> Issue:
    make_site(("en", "es"))
    make_reader("ana@example.org", "Ana")
    make_reader("ben@example.org", "Ben")
    return start(make_issue(make_series()))


def send() -> int:
    return send_due(channel(), Composers())


def states(issue: Issue) -> dict[str, str]:
    return dict(issue.deliveries.values_list("address", "state"))


# --- going out


def test_each_reader_gets_it_once_under_our_name_and_nobody_is_followed(
    name: str, provider: Provider, issue: Issue
) -> None:
    assert send() == 2
    assert set(states(issue).values()) == {State.ACCEPTED}
    names = set(issue.deliveries.values_list("message_id", flat=True))
    there = set(issue.deliveries.values_list("name_there", flat=True))
    if name == "mailgun":
        assert {each["h:Message-Id"] for each in provider.taken} == names == there
        assert {each["o:tracking-opens"] for each in provider.taken} == {"no"}
        assert {each["o:tracking-clicks"] for each in provider.taken} == {"no"}
        assert all("List-Unsubscribe=One-Click" in each["h:List-Unsubscribe-Post"] for each in provider.taken)
        return
    heads = [{each["Name"]: each["Value"] for each in one["Headers"]} for one in provider.taken]
    assert {head["Message-ID"] for head in heads} == names
    assert all(head["X-PM-KeepID"] == "true" and "List-Unsubscribe" in head for head in heads)
    assert {each["name"] for each in provider.taken} == there
    assert {(each["TrackOpens"], each["TrackLinks"]) for each in provider.taken} == {(False, "None")}
    assert {each["MessageStream"] for each in provider.taken} == {"broadcast"}


def test_letters_follow_nobody_either(name: str, provider: Provider) -> None:
    EmailMessage("Welcome", "Hello", None, ["ana@example.org"]).send()
    (letter,) = provider.taken
    assert letter.get("o:tracking-opens", letter.get("TrackOpens")) in ("no", False)
    assert "MessageStream" not in letter


def test_one_that_the_provider_refuses_is_refused_and_the_others_go(
    name: str, provider: Provider, issue: Issue
) -> None:
    provider.inactive.add("ana@example.org")
    send()
    assert states(issue) == {"ana@example.org": State.REFUSED, "ben@example.org": State.ACCEPTED}
    assert issue.deliveries.get(address="ana@example.org").words


@pytest.mark.parametrize("status", [429, 500, 503])
def test_not_now_is_tried_again_later(name: str, provider: Provider, issue: Issue, status: int) -> None:
    provider.statuses = [(status, b'{"Message": "Slow down", "message": "Slow down"}')]
    send()
    assert sorted(states(issue).values()) == [State.ACCEPTED, State.DEFERRED]
    assert "Slow down" in issue.deliveries.get(state=State.DEFERRED).words


@pytest.mark.parametrize(
    "answer", [(0, b""), (502, b""), (504, b""), (200, b"<html>")], ids=lambda each: str(each[0])
)
def test_where_the_answer_is_lost_the_mail_is_in_doubt(
    name: str, provider: Provider, issue: Issue, answer: tuple[int, bytes]
) -> None:
    provider.statuses = [answer]
    send()
    assert sorted(states(issue).values()) == [State.ACCEPTED, State.IN_DOUBT]
    assert send() == 0
    assert len(provider.taken) == 2, "the first was taken all the same"


def test_one_that_answers_too_late_leaves_the_mail_in_doubt(
    name: str, provider: Provider, issue: Issue, settings: Any
) -> None:
    settings.ANYMAIL = settings.ANYMAIL | {"REQUESTS_TIMEOUT": 0.3}
    provider.seconds = 1.0
    send()
    assert set(states(issue).values()) == {State.IN_DOUBT}


@pytest.mark.parametrize("fault", ["away", "key", "money"])
def test_what_is_about_us_costs_no_mail_anything(
    name: str, provider: Provider, issue: Issue, settings: Any, fault: str
) -> None:
    if fault == "away":
        away = "http://127.0.0.1:9/"
        settings.ANYMAIL = settings.ANYMAIL | {"POSTMARK_API_URL": away, "MAILGUN_API_URL": away}
    if fault == "key":
        provider.statuses = [(401, b'{"ErrorCode": 10, "Message": "Bad or missing token"}')]
    if fault == "money":
        provider.statuses = [(422, b'{"ErrorCode": 405}') if name == "postmark" else (402, b"{}")]
    with pytest.raises(Unreachable) as told:
        send()
    assert "example.org" not in str(told.value)
    assert set(states(issue).values()) == {State.WAITING}
    use(name, provider, settings)
    provider.statuses = []
    assert send() == 2


# --- what it tells us


def tell(which: str, delivery: Delivery, what: str, *, secret: str = SECRET, number: int = 1) -> int:
    """Let the provider tell of a mail, as it does."""
    name = delivery.message_id.strip("<>")
    if which == "postmark":
        said = POSTMARK[what] | {"ID": number, "MessageID": delivery.name_there, "Email": delivery.address}
        said |= {"Metadata": {"mail": name}, "Recipient": delivery.address}
        word = base64.b64encode(f"pututu:{secret}".encode()).decode()
        return post(which, said, HTTP_AUTHORIZATION=f"Basic {word}")
    event = MAILGUN[what] | {"id": str(number), "recipient": delivery.address, "timestamp": 1795650000.5}
    event |= {"message": {"headers": {"message-id": name}}, "user-variables": {"mail": name}}
    stamp, token = "1795650000", f"{next(tokens):050}"
    seal = hmac.new(secret.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    return post(
        which, {"signature": {"timestamp": stamp, "token": token, "signature": seal}, "event-data": event}
    )


def post(which: str, said: Any, **headers: Any) -> int:
    path = f"/mail/messages/{which}/"
    raw = said if isinstance(said, bytes) else json.dumps(said).encode()
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(path, raw, content_type="application/json", **headers)
    assert not answer.cookies
    return int(answer.status_code)


tokens = itertools.count(1)
BOUNCE = {"RecordType": "Bounce", "BouncedAt": "2026-11-26T00:00:00Z"}
POSTMARK: dict[str, dict[str, Any]] = {
    "hard": BOUNCE | {"Type": "HardBounce", "Details": "smtp;550 5.1.1 No such user"},
    "soft": BOUNCE | {"Type": "SoftBounce", "Details": "smtp;452 4.2.2 Full"},
    "policy": BOUNCE | {"Type": "Blocked", "Details": "smtp;550 5.7.1 Not from you"},
    "complaint": {
        "RecordType": "SpamComplaint",
        "Type": "SpamComplaint",
        "BouncedAt": "2026-11-26T00:00:00Z",
    },
    "left": {
        "RecordType": "SubscriptionChange",
        "SuppressSending": True,
        "SuppressionReason": "ManualSuppression",
        "ChangedAt": "2026-11-26T00:00:00Z",
    },
    "delivered": {"RecordType": "Delivery", "DeliveredAt": "2026-11-26T00:00:00Z"},
    "opened": {"RecordType": "Open", "ReceivedAt": "2026-11-26T00:00:00Z"},
}
FAILED = {"event": "failed", "severity": "permanent", "reason": "bounce"}
MAILGUN: dict[str, dict[str, Any]] = {
    "hard": FAILED | {"delivery-status": {"code": 550, "message": "5.1.1 No such user"}},
    "soft": FAILED | {"delivery-status": {"code": 552, "message": "5.2.2 Full"}},
    "policy": FAILED | {"delivery-status": {"code": 550, "message": "5.7.1 Not from you"}},
    "complaint": {"event": "complained"},
    "left": {"event": "unsubscribed"},
    "delivered": {"event": "delivered"},
    "opened": {"event": "opened"},
}


@pytest.fixture
def sent(name: str, issue: Issue) -> Delivery:
    send()
    row: Delivery = issue.deliveries.get(address="ana@example.org")
    return row


def state(address: str = "ana@example.org") -> str:
    return str(EmailAddress.objects.get(address=address).state)


def has_left(address: str = "ana@example.org") -> bool:
    return Choice.objects.filter(email__address=address, left_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("what", "kind", "standing", "left"),
    [
        ("hard", Kind.HARD, "bounced", False),
        ("soft", Kind.SOFT, "good", False),
        ("policy", Kind.OTHER, "good", False),
        ("complaint", Kind.COMPLAINT, "complained", True),
        ("left", Kind.LEFT, "good", True),
    ],
)
def test_what_a_provider_tells_counts_once(
    name: str, sent: Delivery, what: str, kind: Kind, standing: str, left: bool
) -> None:
    assert [tell(name, sent, what) for _time in range(3)] == [200, 200, 200]
    row = ReturnedMail.objects.get()
    assert (row.kind, row.source, row.delivery) == (kind, name, sent)
    assert (state(), has_left()) == (standing, left)
    assert (state("ben@example.org"), has_left("ben@example.org")) == ("good", False)
    assert json.loads(bytes(row.raw)), "kept as it came"


def test_in_any_order_the_worst_stands(name: str, sent: Delivery) -> None:
    for order in itertools.permutations(["hard", "complaint", "soft"]):
        ReturnedMail.objects.all().delete()
        EmailAddress.objects.update(state="good", state_reason="", state_since=None)
        for what in order:
            tell(name, sent, what)
        assert state() == "complained", order
        assert ReturnedMail.objects.count() == 3


def test_that_a_mail_arrived_or_was_read_is_not_kept(name: str, sent: Delivery) -> None:
    assert tell(name, sent, "delivered") == tell(name, sent, "opened") == 200
    assert not ReturnedMail.objects.exists()


def test_nobody_else_is_believed(name: str, sent: Delivery, settings: Any, provider: Provider) -> None:
    assert tell(name, sent, "hard", secret="another-secret-of-16") == 403
    assert post(name, {"event-data": MAILGUN["hard"]}) == 403
    assert post("sendgrid", {}) == 403
    use(name, provider, settings, secret="")
    assert tell(name, sent, "hard", secret="") == 403
    assert not ReturnedMail.objects.exists()
    assert state() == "good"
    use(name, provider, settings)
    assert tell(name, sent, "hard") == 200
    assert state() == "bounced"


def test_one_that_comes_before_the_answer_is_written_down_finds_its_mail(name: str, sent: Delivery) -> None:
    Delivery.objects.filter(pk=sent.pk).update(name_there="", state=State.HANDED_OVER)
    tell(name, sent, "hard")
    assert ReturnedMail.objects.get().delivery == sent


def test_what_nobody_can_read_is_kept(provider: Provider, settings: Any, db: None) -> None:
    use("postmark", provider, settings)
    word = base64.b64encode(f"pututu:{SECRET}".encode()).decode()
    for raw in (b"not json", b"[1, 2]", b'{"RecordType": "Bounce"}'):
        assert post("postmark", raw, HTTP_AUTHORIZATION=f"Basic {word}") == 200
    assert set(ReturnedMail.objects.values_list("kind", flat=True)) <= {Kind.UNREAD, Kind.OTHER}
    assert b"not json" in [bytes(row.raw) for row in ReturnedMail.objects.all()]
