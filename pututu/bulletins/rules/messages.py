"""What does a provider's message say of one of our mails?

``event_type`` and ``reason`` are django-anymail's words for all providers; what the receiver's server said counts more,
where the provider passes it on (RFC 3463).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pututu.bulletins.rules.returned import STATUS, Kind, Report, kind_of_status

OF_NO_INTEREST = {"delivered", "opened", "clicked", "queued", "sent", "inbound", "subscribed"}
"""That a mail arrived we don't need to know, and whether somebody reads it we don't want to."""
FOR_GOOD, FOR_NOW = {"bounced", "invalid"}, {"SoftBounce", "DnsError"}


def read_message(
    event_type: str, reason: str, *, recipient: str, words: str, whole: Mapping[str, Any]
) -> Report:
    """What a message says; ``whole`` is the message as the provider has it."""
    found = STATUS.search(words)
    status = found[0] if found else ""
    return Report(_kind(event_type, reason, status, whole), status, " ".join(words.split())[:300], recipient)


def _kind(event_type: str, reason: str, status: str, whole: Mapping[str, Any]) -> Kind:
    if event_type == "complained":
        return Kind.COMPLAINT
    if event_type == "unsubscribed":
        return Kind.LEFT
    if event_type not in {"bounced", "rejected", "failed"}:
        return Kind.OTHER
    if whole.get("Type") in FOR_NOW:
        return Kind.SOFT
    if status:
        return kind_of_status(status)
    return Kind.HARD if reason in FOR_GOOD else Kind.OTHER
