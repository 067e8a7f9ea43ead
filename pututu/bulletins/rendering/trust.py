"""What was found of a sender's records, and what is to be done about it, in words?"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pututu.bulletins.rules.findings import Code, Found, Level

NOBODY_ANSWERED = _("Nobody answered just now: nothing is known, and nothing need be wrong.")
LATER = _("Look again later.")
WORDS: dict[Code, tuple[Promise | str, Promise | str]] = {
    Code.SPF_FINE: (_("The domain says which servers may send for it."), ""),
    Code.SPF_NONE: (
        _("%(name)s does not say which servers may send for it."),
        _("Add one TXT record that begins with v=spf1; your mail provider tells you the rest."),
    ),
    Code.SPF_SEVERAL: (
        _("%(name)s has %(detail)s records, and receivers then trust none."),
        _("Make one of them: put what each includes into a single TXT record."),
    ),
    Code.SPF_SYNTAX: (
        _("Receivers don’t understand “%(detail)s” in the record of %(name)s."),
        _("Correct or remove that word in the TXT record; an included domain must have a record of its own."),
    ),
    Code.SPF_TOO_MANY: (
        _("The record of %(name)s leads to more than %(detail)s others, where receivers stop."),
        _("Remove the “include” of services that don’t send for you any more."),
    ),
    Code.SPF_ALLOWS_ALL: (
        _("The record of %(name)s lets anybody in the world send in your name."),
        _("Change its end from +all, or all, to ~all."),
    ),
    Code.SPF_OPEN_END: (
        _("The record of %(name)s says nothing of servers that it doesn’t name."),
        _("Let it end with ~all."),
    ),
    Code.SPF_NOT_OUR_SERVER: (
        _("The record of %(name)s doesn’t name the address of our mail server, %(detail)s."),
        _(
            "If mail leaves from that very machine, add it; a provider often sends from others. A test mail tells."
        ),
    ),
    Code.SPF_UNKNOWN: (NOBODY_ANSWERED, LATER),
    Code.DKIM_FINE: (_("Receivers find the key for our signatures, of %(detail)s bits."), ""),
    Code.DKIM_ELSEWHERE: (
        _("We don’t sign mail here, and there is no key at %(name)s."),
        _(
            "Your mail server must sign. Send yourself a test and look for dkim=pass in its headers. Or sign here: see "
            "the guide for operators."
        ),
    ),
    Code.DKIM_NONE: (
        _("We sign, but there is no key at %(name)s: receivers can’t check our signatures."),
        _("Add the TXT record that make_dkim_key printed; it may take a day until all see it."),
    ),
    Code.DKIM_SEVERAL: (
        _("There are %(detail)s keys at %(name)s; receivers may take the wrong one."),
        _("Leave only the newest."),
    ),
    Code.DKIM_BROKEN: (
        _("The record at %(name)s holds no key that receivers can read."),
        _("Copy it anew, whole; some forms cut long records or want them in pieces of 255 signs."),
    ),
    Code.DKIM_REVOKED: (
        _("The key at %(name)s was taken back: its p= is empty."),
        _("Put the key in again, or sign with another one under another selector."),
    ),
    Code.DKIM_WEAK: (
        _("The key at %(name)s has %(detail)s bits, and receivers trust none so short."),
        _("Make a new key of 2,048 bits."),
    ),
    Code.DKIM_SHORT: (
        _("The key at %(name)s has %(detail)s bits; receivers want 2,048."),
        _("Make a new key when you next change something here."),
    ),
    Code.DKIM_OTHER_KEY: (
        _("The key at %(name)s is not that with which we sign: every signature looks forged."),
        _("Put the record there that belongs to the file in PUTUTU_DKIM_KEY."),
    ),
    Code.DKIM_TESTING: (
        _("The record at %(name)s says that you are only testing (t=y)."),
        _("Take t=y out when test mails pass."),
    ),
    Code.DKIM_UNKNOWN: (NOBODY_ANSWERED, LATER),
    Code.DMARC_FINE: (_("The domain says what becomes of mail that is not from it."), ""),
    Code.DMARC_NONE: (
        _("There is no record at %(name)s; the great mailbox providers ask for one."),
        _("Add a TXT record there: v=DMARC1; p=none. Later on change it to p=quarantine."),
    ),
    Code.DMARC_SEVERAL: (
        _("There are %(detail)s records at %(name)s, and receivers then heed none."),
        _("Leave one."),
    ),
    Code.DMARC_SYNTAX: (
        _("Receivers don’t understand the record at %(name)s."),
        _("It begins with v=DMARC1; and then p=none, p=quarantine or p=reject."),
    ),
    Code.DMARC_WATCHES: (
        _("The record only watches (p=none): forgeries in your name arrive as well."),
        _("Good to begin with. When your own mail passes for some weeks, change it to p=quarantine."),
    ),
    Code.DMARC_UNALIGNED: (
        _("Neither who signs nor where mail comes back to belongs to %(detail)s."),
        _(
            "Sign for the sender’s domain (PUTUTU_DKIM_DOMAIN), or write from an address of the domain that signs."
        ),
    ),
    Code.DMARC_UNKNOWN: (NOBODY_ANSWERED, LATER),
    Code.MX_FINE: (_("%(name)s takes mail."), ""),
    Code.MX_NONE: (
        _("%(name)s takes no mail, so nothing comes back to us, and receivers distrust that."),
        _("Give it an MX record, or name an address in PUTUTU_BOUNCES_TO whose domain has one."),
    ),
    Code.MX_UNKNOWN: (NOBODY_ANSWERED, LATER),
}
LEVELS = {
    Level.FINE: _("fine"),
    Level.ADVICE: _("to be thought of"),
    Level.FAULT: _("to be put right"),
    Level.UNKNOWN: _("could not be asked"),
}
RECORDS = {"spf": "SPF", "dkim": "DKIM", "dmarc": "DMARC", "mx": _("Returned mail")}


@dataclass(frozen=True, slots=True)
class Told:
    """One finding in words; ``stands_there`` is the record itself where it is of use."""

    level: Level
    record: str
    judged: str
    says: str
    do: str
    stands_there: str


def told(found: Found) -> Told:
    says, do = WORDS[found.code]
    facts = {"name": found.name, "detail": found.detail}
    is_record = found.code in {Code.SPF_FINE, Code.DMARC_FINE, Code.MX_FINE}
    return Told(
        level=found.level,
        record=str(RECORDS[found.code.partition("-")[0]]),
        judged=str(LEVELS[found.level]),
        says=str(says) % facts,
        do=str(do),
        stands_there=found.detail if is_record else "",
    )
