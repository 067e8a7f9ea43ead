"""Mails that come back, as mail servers write them."""

from __future__ import annotations

from typing import Any

BACK = """From: MAILER-DAEMON@mx.example.net
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <dsn-{number}@mx.example.net>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--b
Content-Type: message/rfc822

From: bulletin@example.org
To: {address}
Message-ID: {message_id}
Subject: Bulletin

Words
--b--
"""
COMPLAINT = """From: fbl@example.net
To: {to}
Subject: FW: Bulletin
Message-ID: <arf-{number}@example.net>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is a report.

--b
Content-Type: message/feedback-report

Feedback-Type: {action}
User-Agent: Example/1.0
Version: 1
Original-Rcpt-To: {address}

--b
Content-Type: message/rfc822

From: bulletin@example.org
To: {address}
Message-ID: {message_id}
Subject: Bulletin

Words
--b--
"""


def report(form: str = BACK, **words: Any) -> bytes:
    facts = {
        "to": "bounces@example.org",
        "number": 1,
        "address": "ana@example.org",
        "action": "failed",
        "status": "5.1.1",
        "words": "550 5.1.1 No such user",
        "message_id": "<none@example.org>",
    }
    return form.format(**facts | words).replace("\n", "\r\n").encode()
