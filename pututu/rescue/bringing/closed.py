"""What of a source must not come across, because the group says that it is not public, or not any more?

An export names the state of each entry. What it calls private, a draft or trash is refused before anybody reads it. A
crawl that is given with it may hold the same address from the time when it was public: what the group says now counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pututu.rescue.addresses import own_addresses
from pututu.rescue.bringing.applying import Done, told
from pututu.rescue.bringing.outcomes import note_never_public
from pututu.rescue.capture import Capture, Found
from pututu.rescue.deciding import Act, Decision, why_never
from pututu.rescue.item import ItemKind, OldItem


class Closed:
    """Leaves out of a source what is not public, and remembers it in ``done``; it is written down if ``is_noted``."""

    def __init__(self, *, is_noted: bool) -> None:
        self.done: list[Done] = []
        self._is_noted = is_noted
        self._closed: dict[str, str] = {}
        self._open: set[str] = set()

    def public_only(self, found: Iterable[Found]) -> Iterator[Found]:
        """Pass on what was public; refuse the rest before anybody reads it."""
        for each in found:
            declared = each.declared if isinstance(each, Capture) else None
            if not isinstance(each, Capture) or not declared:
                yield each
                continue
            reason = why_never(each)
            keys = [address.key for address in own_addresses((each.address, *declared.aliases))]
            if not reason:
                self._open.update(keys if declared.state else ())
                yield each
                continue
            self._closed.update(dict.fromkeys(keys, declared.state))
            item = OldItem(
                address=each.address, kind=ItemKind.STORY, title=declared.title, aliases=declared.aliases
            )
            self._refuse(item, reason)

    def left_out(self, items: Iterable[OldItem]) -> Iterator[OldItem]:
        """Pass on the items but for those of which an export, read before, says that they are not public now."""
        for item in items:
            keys = {address.key for address in own_addresses((item.address, *item.aliases))}
            state = next((self._closed[key] for key in keys if key in self._closed), None)
            if state is None or item.kind is ItemKind.ASSET or not keys.isdisjoint(self._open):
                yield item
                continue
            self._refuse(
                replace(item, body="", standfirst="", evidence=()),
                f"It was captured while it was public, but the group’s export says that it is not now (“{state}”). "
                "To bring it all the same, give the capture without the export.",
            )

    def _refuse(self, item: OldItem, reason: str) -> None:
        decision = Decision(Act.REFUSE, reason)
        self.done.append(Done(told(item, decision), decision))
        for address in (item.address, *item.aliases) if self._is_noted else ():
            note_never_public(address, reason)
