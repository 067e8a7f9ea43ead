"""A provider of mail on this machine: it remembers what it took, and answers over HTTP as Postmark or Mailgun do."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs


class Provider:
    """``taken`` are the mails as fields. ``statuses`` are answers it gives instead, one to each; ``silent`` hangs."""

    def __init__(self) -> None:
        self.port = 0
        self.taken: list[dict[str, Any]] = []
        self.statuses: list[tuple[int, bytes]] = []
        self.inactive: set[str] = set()
        self.seconds = 0.0
        self.keys = {"postmark": "a-token", "mailgun": "a-key"}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def postmark(self, headers: Any, body: bytes) -> tuple[int, bytes]:
        if headers["X-Postmark-Server-Token"] != self.keys["postmark"]:
            return 401, b'{"ErrorCode": 10, "Message": "Bad or missing Server API token."}'
        mail = json.loads(body)
        address = mail["To"].rpartition("<")[2].rstrip(">")
        if address in self.inactive:
            words = f"You tried to send to inactive recipients.\nFound inactive addresses: {address}.\n"
            words += "Inactive recipients are ones that have generated a hard bounce, a spam complaint."
            return 422, json.dumps({"ErrorCode": 406, "Message": words}).encode()
        name = str(uuid.uuid4())
        self.taken.append(mail | {"name": name})
        said = {
            "ErrorCode": 0,
            "Message": "OK",
            "MessageID": name,
            "To": mail["To"],
            "SubmittedAt": "2026-11-26T00:00:00Z",
        }
        return 200, json.dumps(said).encode()

    def mailgun(self, headers: Any, body: bytes) -> tuple[int, bytes]:
        fields = _fields(headers, body)
        if fields["to"].rpartition("<")[2].rstrip(">") in self.inactive:
            return 400, b'{"message": "to parameter is not a valid address. please check documentation"}'
        self.taken.append(fields)
        return 200, json.dumps(
            {"id": fields.get("h:Message-Id", "<made@mg.example.org>"), "message": "Queued. Thank you."}
        ).encode()


def _fields(headers: Any, body: bytes) -> dict[str, str]:
    """The fields of a form, however it is packed."""
    kind = headers["Content-Type"]
    if not kind.startswith("multipart/"):
        return {name: values[-1] for name, values in parse_qs(body.decode()).items()}
    parts = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    return {
        part.get_param("name", header="content-disposition"): part.get_content()
        for part in parts.iter_parts()
    }


@contextmanager
def mail_provider() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            take = provider.mailgun if self.path.endswith("/messages") else provider.postmark
            code, said = take(self.headers, body)
            if provider.statuses:
                code, said = provider.statuses.pop(0)
            time.sleep(provider.seconds)
            if code == 0:
                self.close_connection = True
                return
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_words: Any) -> None:
            """It says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_who: None  # type: ignore[method-assign]  # a client that hangs up is meant
    provider.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
