"""What exactly does one reader get?

An edition is rendered once for every set of topics that readers chose; each mail is then that text with a reader's own
links put in. No picture reports back, no link leads anywhere but where it says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from functools import cached_property

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from pututu.bulletins.models import Delivery, Issue, Series
from pututu.bulletins.rendering.editions import editions_of
from pututu.bulletins.rendering.links import (
    address_in,
    archive_address,
    host,
    leaving_mark,
    reader_token,
    returns_to,
)
from pututu.bulletins.rules.entries import Frozen
from pututu.bulletins.rules.mail import Mail
from pututu.bulletins.rules.readers import Wish, entries_for
from pututu.people.rules import Basis, read_address
from pututu.shell.models import SiteSettings
from pututu.topics.models import Topic

TOKEN, MARK = "the-token-of-the-reader", "the-mark-of-the-reader"
"""What stands in links and addresses for a reader's own token and mark while an edition is rendered for many."""


@dataclass(frozen=True, slots=True)
class Variant:
    """An edition for all who chose the same topics; the reader's own links still to be put in."""

    subject: str
    text: str
    html: str
    headers: tuple[tuple[str, str], ...]


class Composer:
    """Writes the mails of one issue. Keeps what many readers share; what is frozen makes no question per mail."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        self._variants: dict[tuple[str, tuple[str, ...], str], Variant] = {}

    @cached_property
    def editions(self) -> Mapping[str, Frozen]:
        return editions_of(self.issue)

    @cached_property
    def series(self) -> Series:
        return self.issue.series

    @cached_property
    def sender(self) -> Address:
        return address_of(self.series.sender_address, self.series.sender_name)

    @cached_property
    def group(self) -> SiteSettings:
        return SiteSettings.load()

    @cached_property
    def topic_names(self) -> Mapping[str, Mapping[str, str]]:
        """What each topic is called, by its slug and language."""
        rows = Topic.objects.prefetch_related("names")
        return {row.slug: {name.language: name.name for name in row.names.all()} for row in rows}

    def mail(self, delivery: Delivery) -> Mail:
        """The mail of one reader. Raises ValueError for an address that is none."""
        variant = self.variant(delivery.language, tuple(delivery.topics), delivery.basis)
        token, mark = reader_token(delivery), leaving_mark(delivery.pk)
        return Mail(
            message_id=delivery.message_id,
            sender=self.sender,
            to=address_of(delivery.address),
            subject=variant.subject,
            text=variant.text.replace(TOKEN, token),
            html=variant.html.replace(TOKEN, token),
            headers=tuple(
                (name, value.replace(TOKEN, token).replace(MARK, mark)) for name, value in variant.headers
            ),
            returns_to=returns_to(delivery),
        )

    def variant(self, language: str, topics: tuple[str, ...], basis: str = Basis.CONSENT) -> Variant:
        key = (language, topics, basis)
        if key not in self._variants:
            with translation.override(language):
                self._variants[key] = self._render(language, topics, basis)
        return self._variants[key]

    def _render(self, language: str, topics: tuple[str, ...], basis: str) -> Variant:
        frozen = self.editions[language]
        context = {
            "language": language,
            "group": self.group,
            "wording": self.group.wording(language),
            "series": self.series.wording(language),
            "issue": self.issue,
            "edition": frozen,
            "entries": entries_for(Wish((language,), frozenset(topics)), frozen.entries),
            "topics": [self.topic_names.get(each, {}).get(language, each) for each in topics],
            "archive": archive_address(self.issue, language) if self.series.is_public else "",
            "basis": basis,
            "preferences": address_in(language, "bulletin-choices", TOKEN),
            "leave": address_in(language, "bulletin-leave", TOKEN),
        }
        page = render_to_string("bulletins/mail/bulletin.html", context)
        return Variant(
            frozen.subject,
            render_to_string("bulletins/mail/bulletin.txt", context).strip() + "\n",
            css_inline.inline(page, keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False),
            self.headers(language),
        )

    def headers(self, language: str) -> tuple[tuple[str, str], ...]:
        """RFC 2919 (List-Id), RFC 2369 and 8058 (leaving with one click), and what a mailbox's operator reports by."""
        name = self.series.wording(language).name
        answers = (("Reply-To", self.series.reply_to),) if self.series.reply_to else ()
        return (
            ("List-Id", f"{_phrase(name)} <{self.series.slug}.{host()}>"),
            ("List-Unsubscribe", _ways_to_leave()),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ("Feedback-ID", f"{self.issue.number}:{self.series.slug}:bulletin:{host()}"),
            ("Content-Language", language),
            *answers,
        )


def _ways_to_leave() -> str:
    """By the web with one click, and by mail for programs that know no other way (RFC 2369 3.2)."""
    click = f"<{settings.BASE_URL}{reverse('bulletin-one-click', args=[TOKEN])}>"
    name, _at, domain = settings.BOUNCES_TO.rpartition("@")
    return f"{click}, <mailto:{name}+{MARK}@{domain}?subject={MARK}>" if name else click


def _phrase(name: str) -> str:
    """A name as it may stand before the angle brackets of List-Id: plain signs only (RFC 2919 3)."""
    bare = unicodedata.normalize("NFKD", name)
    plain = "".join(sign for sign in bare if sign.isascii() and (sign.isalnum() or sign in " -"))
    return f'"{plain.strip()}"' if plain.strip() else ""


def address_of(address: str, name: str = "") -> Address:
    """An address for a header, its domain in ASCII (RFC 5891). Raises ValueError for one that is none."""
    local, _at, domain = read_address(address).rpartition("@")
    try:
        return Address(name, local, domain.encode("idna").decode("ascii"))
    except (UnicodeError, IndexError) as problem:
        raise ValueError("This is no e-mail address that a mail can go to.") from problem
