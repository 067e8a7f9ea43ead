"""How does an issue look to one reader, to whom would it go, what is wrong with it, and how is it tried out?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from pututu.bulletins.models import Delivery, Issue
from pututu.bulletins.providers.contract import Channel
from pututu.bulletins.rendering.links_within import dead_links
from pututu.bulletins.rendering.mails import Composer
from pututu.bulletins.rules.checklist import Finding, look_over
from pututu.bulletins.rules.entries import Frozen
from pututu.bulletins.rules.ledger import Answer
from pututu.bulletins.rules.mail import Mail
from pututu.bulletins.services.audience import Reader, audience_of
from pututu.bulletins.services.freezing import message_id
from pututu.people.rules import Basis

NOBODY = 0
"""The key of a delivery that is none: links of a preview lead to a page that says so."""


@dataclass(frozen=True, slots=True)
class Reach:
    """To how many an issue would go now, by edition, and how many are left out, by reason."""

    editions: Mapping[str, int]
    left_out: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.editions.values())


def readers_of(issue: Issue, composer: Composer | None = None) -> tuple[list[Reader], Mapping[str, int]]:
    """Who would get the issue as it stands, and how many would not, by reason."""
    editions = (composer or Composer(issue)).editions
    entries = {language: each.entries for language, each in editions.items() if each.says_something}
    audience = audience_of(issue.series, entries, on=timezone.localdate())
    return audience.readers, audience.left_out


def reach_of(issue: Issue) -> Reach:
    readers, left_out = readers_of(issue)
    return Reach(Counter(reader.language for reader in readers), left_out)


def findings_in(issue: Issue) -> list[Finding]:
    """What to look at before an issue is sent, edition by edition."""
    composer = Composer(issue)
    return [
        finding
        for language, edition in composer.editions.items()
        for finding in look_over(
            edition,
            size=len(composer.variant(language, ()).html.encode()),
            dead_links=dead_links(edition),
            left_out=_left_out(issue, edition),
        )
    ]


def _left_out(issue: Issue, edition: Frozen) -> list[str]:
    """The titles of items that the edition does not hold."""
    held = {entry.key for entry in edition.entries}
    items = issue.items.select_related("page")
    return [item.page.title for item in items if str(item.page.translation_key) not in held]


def mail_as_for(
    issue: Issue, language: str, topics: tuple[str, ...] = (), *, to: str, basis: str = Basis.CONSENT
) -> Mail:
    """The mail that a reader with these topics would get; its links do nothing."""
    delivery = Delivery(
        pk=NOBODY,
        issue=issue,
        address=to,
        language=language,
        topics=list(topics),
        basis=basis,
        message_id=message_id(issue.uid, NOBODY),
    )
    return Composer(issue).mail(delivery)


def send_test(
    channel: Channel, issue: Issue, language: str, topics: tuple[str, ...] = (), *, to: str
) -> Answer:
    """Send somebody on the staff what a reader would get, marked as a test. Raises Unreachable or NobodyKnows."""
    mail = mail_as_for(issue, language, topics, to=to)
    with override(language):
        marked = replace(mail, subject=_("[Test] %(subject)s") % {"subject": mail.subject})
    try:
        return channel.hand_over(marked)
    finally:
        channel.close()
