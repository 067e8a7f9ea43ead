"""What becomes of a provider's message about one of our mails?

It is kept as it came before it counts, once, however often and in whatever order such messages come.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from pututu.bulletins.models import ReturnedMail
from pututu.bulletins.rules.messages import OF_NO_INTEREST, read_message
from pututu.bulletins.rules.returned import Kind, Report
from pututu.bulletins.services.returning import LARGEST, let_it_be_read


def take_message(provider: str, raw: bytes, events: Sequence[Any] | None) -> ReturnedMail | None:
    """Keep a message that was proven to be the provider's, then let it count; None for what we don't want to know.

    ``events`` is what django-anymail reads in it, None where it can't be read.
    """
    if events is not None and all(each.event_type in OF_NO_INTEREST for each in events):
        return None
    name = hashlib.sha256(provider.encode() + b"\n" + _lasting(raw)).hexdigest()
    row, _is_new = ReturnedMail.objects.get_or_create(
        sha256=name, defaults={"raw": raw[:LARGEST], "source": provider}
    )
    report = _report_of(events[0]) if events is not None and len(events) == 1 else Report(Kind.UNREAD)
    return row if row.read_at else let_it_be_read(row, report)


def _lasting(raw: bytes) -> bytes:
    """What is the same when the same message comes again: without its signature, which is new each time."""
    try:
        said = json.loads(raw)
    except ValueError:
        return raw
    if not isinstance(said, dict):
        return raw
    return json.dumps({key: said[key] for key in said if key != "signature"}, sort_keys=True).encode()


def _report_of(event: Any) -> Report:
    found = read_message(
        event.event_type,
        event.reject_reason or "",
        recipient=event.recipient or "",
        words=f"{event.mta_response or event.description or ''}",
        whole=event.esp_event,
    )
    name = str((event.metadata or {}).get("mail", ""))
    return Report(
        found.kind,
        found.status,
        found.words,
        found.address,
        message_id=f"<{name}>" if name else "",
        name_there=event.message_id or "",
    )
