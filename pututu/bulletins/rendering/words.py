"""How do reasons and faults read?"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pututu.bulletins.rules.checklist import Fault

FAULT_WORDS: dict[str, Promise] = {
    Fault.NO_SUBJECT: _("There is no subject."),
    Fault.EMPTY: _("This edition says nothing."),
    Fault.LONG_SUBJECT: _("The subject is long: many mail programs show sixty signs."),
    Fault.SHOUTING: _("The subject looks like advertising: capitals or many exclamation marks."),
    Fault.NO_ALT: _("The picture has no words for those who don’t see it."),
    Fault.UNDATED: _("It has no date."),
    Fault.NOT_TRANSLATED: _("It is not translated."),
    Fault.LEFT_OUT: _("It does not stand in this edition: it is not translated, or not public any more."),
    Fault.DEAD_LINK: _("A link leads nowhere."),
    Fault.TOO_LARGE: _("It is larger than 100 KB: some mail programs cut it off."),
}
REASONS: dict[str, Promise] = {
    "left": _("have left the series"),
    "paused": _("pause"),
    "not-in-audience": _("are not among those whom the series is for"),
    "not-asked-for": _("asked for other series by name, and not for this one"),
    "no-edition": _("there is no edition in their languages"),
    "nothing-for-them": _("nothing on their topics"),
    "never-agreed": _("never agreed"),
    "not-confirmed": _("were asked and have not confirmed"),
    "withdrawn": _("withdrew"),
    "bad-address": _("the address refuses mail or complained"),
    "suppressed": _("nothing may ever be sent there"),
    "soft-opt-in-off": _("the soft opt-in is switched off"),
    "not-on-the-list": _("were not on the list when sending began"),
    "gone": _("are not known any more"),
    "given-up": _("the issue was given up"),
}


ACTS: dict[str, Promise] = {
    "approved": _("approved"),
    "to be sent": _("to be sent"),
    "called back": _("called back"),
    "stopped": _("stopped"),
    "goes on": _("goes on"),
    "given up": _("given up"),
    "went": _("said of a mail in doubt: it went"),
    "to go again": _("let a mail go again"),
}


def act_words(act: str) -> str:
    """What was decided; an act that has no words here stays as it is."""
    return str(ACTS.get(act, act))


def reason_words(reason: str) -> str:
    """Why somebody gets nothing; a reason that has no words here stays as it is."""
    return str(REASONS.get(reason, reason))


def wish_words(series: Sequence[str], languages: Sequence[str], topics: Sequence[str]) -> str:
    """What somebody asked for, as they confirm it: it is kept as the wording of their consent."""
    named = {code: str(name) for code, name in settings.LANGUAGES}
    said = [gettext("Please send me: %(names)s.") % {"names": ", ".join(series)}]
    if languages:
        said.append(
            gettext("In: %(languages)s.")
            % {"languages": ", ".join(named.get(each, each) for each in languages)}
        )
    if topics:
        said.append(gettext("On: %(topics)s.") % {"topics": ", ".join(topics)})
    return " ".join(said)
