"""Which member is it that asks?

A member is no user of the staff screens. Who has followed a mailed link is known by an entry in the session with an end
of its own; a mailbox that several people read leads to a choice among them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from pututu.membership.services.own_page import people_at
from pututu.people.models import EmailAddress, Person

KEY = "member"
SECONDS = 2 * 3600


@dataclass(frozen=True, slots=True)
class Member:
    """Who is signed in: somebody who reads the mailbox ``email``; ``person`` is None before a choice.

    ``has_shown_mailbox`` is False for whoever came by a passkey: that they still read this mailbox is not known.
    """

    email: EmailAddress
    person: Person | None
    has_shown_mailbox: bool = True


def begin_session(request: HttpRequest, email: EmailAddress) -> None:
    """Let whoever reads this mailbox in, under a new session key."""
    people = list(people_at(email)[:2])
    _begin(request, email, people[0] if len(people) == 1 else None, has_shown_mailbox=True)


def begin_session_of(request: HttpRequest, person: Person) -> bool:
    """Let somebody in who showed a passkey, under a new session key; False for whoever has no address any more."""
    email = person.addresses.order_by("person_emails__order", "pk").first()
    if email is None or not people_at(email).filter(pk=person.pk).exists():
        return False
    _begin(request, email, person, has_shown_mailbox=False)
    return True


def _begin(
    request: HttpRequest, email: EmailAddress, person: Person | None, *, has_shown_mailbox: bool
) -> None:
    until = timezone.now().timestamp() + SECONDS
    request.session.cycle_key()
    request.session[KEY] = {
        "email": email.pk,
        "person": person.pk if person else None,
        "until": until,
        "has_shown_mailbox": has_shown_mailbox,
    }


def go_on_at(request: HttpRequest, email: EmailAddress, *, has_shown_mailbox: bool) -> None:
    """Go on as the same person, reached at another address of theirs."""
    entry = {"email": email.pk, "has_shown_mailbox": has_shown_mailbox}
    request.session[KEY] = {**request.session[KEY], **entry}


def choose_person(request: HttpRequest, person_id: int) -> bool:
    """Go on as one of those who read the mailbox; False for anybody else."""
    member = member_of(request)
    if member is None or not people_at(member.email).filter(pk=person_id).exists():
        return False
    request.session[KEY] = {**request.session[KEY], "person": person_id}
    return True


def end_session(request: HttpRequest) -> None:
    """Forget the member; the rest of the session, such as a member of the staff, stays."""
    request.session.pop(KEY, None)
    if request.session.is_empty():
        request.session.flush()


def member_of(request: HttpRequest) -> Member | None:
    """Who is signed in, or None: when time is over, or the address is no longer theirs."""
    entry = request.session.get(KEY)
    if not entry or entry["until"] < timezone.now().timestamp():
        return None
    email = EmailAddress.objects.filter(pk=entry["email"]).first()
    if email is None:
        return None
    person = people_at(email).filter(pk=entry["person"]).first() if entry["person"] else None
    if entry["person"] and person is None:
        return None
    return Member(email, person, entry.get("has_shown_mailbox", True))


def for_members(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view be called with the ``Member`` who asks; send others to the page where one signs in."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        member = member_of(request)
        if member is None or member.person is None:
            return redirect("me")
        return view(request, member, *args, **kwargs)

    return guarded
