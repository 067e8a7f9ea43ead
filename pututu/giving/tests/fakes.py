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
    loses_answers: bool = False  # it does what it is asked, and nobody hears of it
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
    """Checkout sessions, kept cards, payment intents with their charges, and disputes."""

    def answer(self, method: str, path: str, data: dict[str, Any], key: str) -> tuple[int, Any]:
        name, number, act = [*path.removeprefix("/v1/").replace("checkout/", "").split("/"), "", ""][:3]
        if method == "POST":
            made = {"sessions": self._open, "payment_intents": self._charge}.get(name)
            return made(data, key) if made and not number else self._detach(number, act)
        if number:
            found = self.things.get(number)
            return (200, found) if found else (404, missing(path))
        asked = {"disputes": "charge", "payment_intents": "customer"}
        if name not in asked:
            return 404, missing(path)
        if name == "payment_intents" and "created[gte]" in data:
            made = [each for each in self.things.values() if each["object"] == "payment_intent"]
            return 200, {"object": "list", "data": made, "has_more": False, "url": path}
        kind, wanted = name.rstrip("s"), asked[name]
        found = [
            each
            for each in reversed(self.things.values())
            if each["object"] == kind and each[wanted] == data.get(wanted)
        ]
        return 200, {"object": "list", "data": found, "has_more": False, "url": path}

    def _open(self, data: dict[str, Any], key: str) -> tuple[int, Any]:
        session, _is_new = self.make(
            "cs_",
            key,
            object="checkout.session",
            status="open",
            payment_status="unpaid",
            client_reference_id=data["client_reference_id"],
            metadata={"payment": data["metadata[payment]"]},
            amount_total=int(data["line_items[0][price_data][unit_amount]"]),
            payment_intent=None,
            keeps=data.get("payment_intent_data[setup_future_usage]"),
            is_customer=data.get("customer_creation") == "always",
        )
        session.setdefault("url", f"{self.address}/pay/{session['id']}")
        return 200, session

    def _charge(self, data: dict[str, Any], key: str) -> tuple[int, Any]:
        """Charge a kept card without its holder; the same key is the same answer, until it is forgotten."""
        card = self.things.get(data["payment_method"])
        if card is None or card["customer"] != data["customer"]:
            return 400, missing("payment_method")
        intent, is_new = self.make(
            "pi_",
            key,
            object="payment_intent",
            amount=int(data["amount"]),
            customer=data["customer"],
            payment_method=data["payment_method"],
            metadata={"payment": data["metadata[payment]"]},
            setup_future_usage=None,
            last_payment_error=None,
            latest_charge=None,
            status="requires_payment_method",
        )
        if is_new and card["behaves"] == "pays":
            intent.update(status="succeeded", latest_charge=self._money(intent["amount"]))
        elif is_new:
            intent["last_payment_error"] = {"type": "card_error", "code": card["behaves"]}
        if intent["status"] == "succeeded":
            return 200, intent
        return 402, {"error": {"type": "card_error", "code": card["behaves"], "message": "of Rosa's card"}}

    def _money(self, amount: int) -> dict[str, Any]:
        charge, _is_new = self.make(
            "ch_",
            "",
            object="charge",
            amount=amount,
            created=int(time.time()),
            amount_refunded=0,
            disputed=False,
        )
        return charge

    def _detach(self, number: str, act: str) -> tuple[int, Any]:
        if act != "detach" or number not in self.things:
            return 404, missing(number)
        self.things[number]["customer"] = None
        return 200, self.things[number]

    def pay(self, number: str) -> None:
        """Let the payer pay on Stripe's page; a card that may be kept is."""
        session = self.things[number]
        customer, card = None, None
        if session["is_customer"]:
            customer = f"cus_{number}"
            kept, _is_new = self.make("pm_", "", object="payment_method", customer=customer, behaves="pays")
            card = kept["id"]
        intent, _is_new = self.make(
            "pi_",
            "",
            object="payment_intent",
            status="succeeded",
            amount=session["amount_total"],
            metadata=session["metadata"],
            setup_future_usage=session["keeps"],
            customer=customer,
            payment_method=card,
            last_payment_error=None,
            latest_charge=self._money(session["amount_total"]),
        )
        session.update(status="complete", payment_status="paid", payment_intent=intent)

    def forget_keys(self) -> None:
        """A day goes by: Stripe knows no idempotency key for longer."""
        self.by_key.clear()

    def charges(self) -> list[dict[str, Any]]:
        return [each for each in self.things.values() if each["object"] == "charge"]

    def charge_of(self, number: str) -> dict[str, Any]:
        thing = self.things[number]
        intent = thing if thing["object"] == "payment_intent" else thing["payment_intent"]
        charge: dict[str, Any] = intent["latest_charge"]
        return charge

    def dispute(self, number: str, *, status: str = "needs_response") -> dict[str, Any]:
        charge = self.charge_of(number)
        charge["disputed"] = True
        dispute, _is_new = self.make(
            "dp_", "", object="dispute", charge=charge["id"], amount=charge["amount"], status=status
        )
        return dispute


def missing(what: str) -> dict[str, Any]:
    return {"error": {"type": "invalid_request_error", "code": "resource_missing", "message": what}}


class FakeGoCardless(Fake):
    """Billing requests, the flows that fulfil them, mandates, and payments."""

    first_charge_date = "2026-12-01"  # the first day on which money can be taken under a mandate

    def answer(self, method: str, path: str, data: dict[str, Any], key: str) -> tuple[int, Any]:
        name, number, act = [*path.strip("/").split("/"), "", ""][:3]
        if method == "POST" and act:
            return self._cancel(number)
        if method == "POST" and name == "billing_requests":
            return self._made("BRQ", key, name, data[name], status="pending", links={})
        if method == "POST" and name == "billing_request_flows":
            return self._made("BRF", "", name, data[name], authorisation_url=f"{self.address}/sign")
        if method == "POST" and name == "payments":
            return self._collect(data[name], key)
        if name == "payments" and not number:
            wanted = data.get("mandate")
            under = [each for each in self.payments() if wanted in (None, each["links"]["mandate"])]
            return 200, {name: under, "meta": {"cursors": {"before": None, "after": None}}}
        found = self.things.get(number)
        return (200, {name: found}) if found else (404, {"error": {"type": "invalid_api_usage", "code": 404}})

    def _collect(self, said: dict[str, Any], key: str) -> tuple[int, Any]:
        if self.things[said["links"]["mandate"]]["status"] != "active" and key not in self.by_key:
            return 422, refused("invalid_state", "mandate_is_inactive")
        if said.get("charge_date", self.first_charge_date) < self.first_charge_date:
            return 422, refused("validation_failed", "too_early")
        on = said.get("charge_date", self.first_charge_date)
        said = {**said, "charge_date": on}
        return self._made("PM", key, "payments", said, status="pending_submission", amount_refunded=0)

    def _cancel(self, number: str) -> tuple[int, Any]:
        """Cancel a mandate, and what is not on its way yet under it."""
        mandate = self.things[number]
        if mandate["status"] == "cancelled":
            return 422, refused("invalid_state", "cancellation_failed")
        mandate["status"] = "cancelled"
        for each in self.payments():
            if each["links"]["mandate"] == number and each["status"] == "pending_submission":
                each["status"] = "cancelled"
        return 200, {"mandates": mandate}

    def _made(self, prefix: str, key: str, name: str, said: dict[str, Any], **rest: Any) -> tuple[int, Any]:
        thing, is_new = self.make(prefix, key, **{**said, **rest})
        if is_new:
            return 201, {name: thing}
        links = {"conflicting_resource_id": thing["id"]}
        return 409, refused("invalid_state", "idempotent_creation_conflict", links=links, code=409)

    def sign_mandate(self, number: str) -> str:
        """Let the payer sign; return the mandate's number."""
        first = self.first_charge_date
        mandate, _is_new = self.make("MD", "", status="active", next_possible_charge_date=first)
        links = {"mandate_request_mandate": mandate["id"]}
        self.things[number].update(status="fulfilled", links=links)
        return mandate["id"]

    def payments(self) -> list[dict[str, Any]]:
        return [each for number, each in self.things.items() if number.startswith("PM")]


def refused(kind: str, reason: str, *, code: int = 422, **rest: Any) -> dict[str, Any]:
    told = {"reason": reason, "message": reason, "field": reason, "request_pointer": "/", **rest}
    return {"error": {"type": kind, "code": code, "message": reason, "errors": [told]}}


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
            if fake.loses_answers:
                self.close_connection = True
                return
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
