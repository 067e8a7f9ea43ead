"""What do Stripe and GoCardless look like from here? Two small servers with a memory, on loopback.

The official libraries talk to them over HTTP, as they would to the real ones.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Fake:
    """What a provider remembers: its objects by number, what each idempotency key made, and who asked for what."""

    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    by_key: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    is_down: bool = False
    address: str = ""

    def make(self, prefix: str, key: str, **thing: Any) -> tuple[dict[str, Any], bool]:
        """Make a thing, or give the one that this key made."""
        if key and key in self.by_key:
            return self.things[self.by_key[key]], False
        number = f"{prefix}{len(self.things) + 1:04}"
        self.things[number] = {"id": number, **thing}
        if key:
            self.by_key[key] = number
        return self.things[number], True


class FakeStripe(Fake):
    """Checkout sessions, their charges, and disputes."""

    def answer(self, method: str, path: str, data: dict[str, Any], key: str) -> tuple[int, Any]:
        if method == "POST" and path == "/v1/checkout/sessions":
            amount = int(data["line_items[0][price_data][unit_amount]"])
            session, _is_new = self.make(
                "cs_",
                key,
                object="checkout.session",
                status="open",
                payment_status="unpaid",
                client_reference_id=data["client_reference_id"],
                metadata={"payment": data["metadata[payment]"]},
                amount_total=amount,
                payment_intent=None,
            )
            session.setdefault("url", f"{self.address}/pay/{session['id']}")
            return 200, session
        if path.startswith("/v1/checkout/sessions/"):
            return 200, self.things[path.rpartition("/")[2]]
        if path == "/v1/disputes":
            found = [each for each in self.things.values() if each.get("charge") == data.get("charge")]
            return 200, {"object": "list", "data": found, "has_more": False, "url": path}
        return 404, {"error": {"type": "invalid_request_error", "message": path}}

    def pay(self, number: str) -> None:
        session = self.things[number]
        charge, _is_new = self.make(
            "ch_", "", object="charge", created=int(time.time()), amount_refunded=0, disputed=False
        )
        intent = {"id": f"pi_{number}", "object": "payment_intent", "latest_charge": charge}
        session.update(status="complete", payment_status="paid", payment_intent=intent)

    def charge_of(self, number: str) -> dict[str, Any]:
        charge: dict[str, Any] = self.things[number]["payment_intent"]["latest_charge"]
        return charge

    def dispute(self, number: str, *, status: str = "needs_response") -> None:
        charge = self.charge_of(number)
        charge["disputed"] = True
        amount = self.things[number]["amount_total"]
        self.make("dp_", "", object="dispute", charge=charge["id"], amount=amount, status=status)


class FakeGoCardless(Fake):
    """Billing requests, the flows that fulfil them, and payments."""

    def answer(self, method: str, path: str, data: dict[str, Any], key: str) -> tuple[int, Any]:
        name = path.strip("/").split("/")[0]
        if method == "POST" and name == "billing_requests":
            return self._made("BRQ", key, name, data[name], status="pending", links={})
        if method == "POST" and name == "billing_request_flows":
            return self._made("BRF", "", name, data[name], authorisation_url=f"{self.address}/sign")
        if method == "POST" and name == "payments":
            return self._made(
                "PM",
                key,
                name,
                data[name],
                status="pending_submission",
                charge_date="2026-12-01",
                amount_refunded=0,
            )
        found = self.things.get(path.rpartition("/")[2])
        return (200, {name: found}) if found else (404, {"error": {"type": "invalid_api_usage", "code": 404}})

    def _made(self, prefix: str, key: str, name: str, said: dict[str, Any], **rest: Any) -> tuple[int, Any]:
        thing, is_new = self.make(prefix, key, **{**said, **rest})
        if is_new:
            return 201, {name: thing}
        conflict = {
            "reason": "idempotent_creation_conflict",
            "message": "A resource has already been created with this idempotency key",
            "links": {"conflicting_resource_id": thing["id"]},
        }
        return 409, {"error": {"type": "invalid_state", "code": 409, "message": "", "errors": [conflict]}}

    def sign_mandate(self, number: str) -> None:
        self.things[number].update(status="fulfilled", links={"mandate_request_mandate": "MD0001"})

    def payments(self) -> list[dict[str, Any]]:
        return [each for number, each in self.things.items() if number.startswith("PM")]


@contextlib.contextmanager
def served(fake: Any) -> Iterator[Any]:
    """Serve a fake on a free port of loopback; its address is ``fake.address``."""

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length).decode()
            parts = urlsplit(self.path)
            is_json = "json" in (self.headers.get("Content-Type") or "") and body.startswith("{")
            said = (
                json.loads(body) if is_json else {k: v[0] for k, v in parse_qs(body or parts.query).items()}
            )
            fake.asked.append(f"{self.command} {parts.path}")
            key = self.headers.get("Idempotency-Key") or ""
            status, answer = (
                (503, {"error": {"type": "api_error", "message": "down"}})
                if fake.is_down
                else fake.answer(self.command, parts.path, said, key)
            )
            sent = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_GET = do_POST = do_PUT = _do

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    fake.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
