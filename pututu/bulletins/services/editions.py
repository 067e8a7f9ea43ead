"""How is what an issue says kept, so that every reader gets the same?"""

from __future__ import annotations

from pututu.bulletins.models import Issue
from pututu.bulletins.rendering.editions import editions_of
from pututu.bulletins.rules.entries import Entry


def freeze_editions(issue: Issue) -> dict[str, tuple[Entry, ...]]:
    """Keep each edition as it is now; return the entries by language, of those that say something."""
    found = editions_of(issue)
    for edition in issue.editions.all():
        edition.frozen = found[edition.language].as_json()
        edition.save(update_fields=["frozen"])
    return {language: frozen.entries for language, frozen in found.items() if frozen.says_something}
