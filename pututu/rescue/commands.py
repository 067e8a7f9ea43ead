"""How does an operator bring an old site across from the terminal?"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pututu.rescue.errors import UnreadableCapture
from pututu.rescue.reading import read_list_page
from pututu.rescue.report import report_dict, report_lines

if TYPE_CHECKING:
    from pututu.rescue.plan import Plan


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--dry-run", is_flag=True, help="Only say what was found and what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@click.option(
    "--language", default="en", show_default=True, help="The language in which the old pages are written."
)
@click.option("--encoding", default="utf-8", show_default=True, help="The encoding of the old pages.")
def rescue(*, files: tuple[Path, ...], dry_run: bool, as_json: bool, language: str, encoding: str) -> None:
    """Bring scraped list pages of an old site across, as drafts with honest dates.

    Uses the installation that PUTUTU_DATA names; without it the group's own, else the demonstration.
    """
    data = _choose_installation()
    if not dry_run and not _has_site(data):
        raise click.ClickException(
            f"There is no site in {data} yet: start one (./run serve), or add --dry-run."
        )
    import django

    django.setup()
    plan, faults = _plan(files, language=language, encoding=encoding, has_site=_has_site(data))
    lines = [json.dumps(report_dict(plan), ensure_ascii=False, indent=2)] if as_json else report_lines(plan)
    click.echo("\n".join(lines))
    if not dry_run:
        _apply(plan, language=language)
    for fault in faults:
        click.echo(str(fault), err=True)
    sys.exit(1 if faults else 0)


def _choose_installation() -> Path:
    checkout = Path(__file__).resolve().parents[2]
    homes = [checkout / "var" / name for name in ("site", "demo")]
    found = next((home for home in homes if (home / "prepared").exists()), homes[0])
    os.environ.setdefault("PUTUTU_DATA", str(found))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pututu.config.settings")
    return Path(os.environ["PUTUTU_DATA"])


def _has_site(data: Path) -> bool:
    return (data / "prepared").exists()


def _plan(
    files: tuple[Path, ...], *, language: str, encoding: str, has_site: bool
) -> tuple[Plan, list[UnreadableCapture]]:
    """Read every file that can be read; one that can't is told at the end and stops nothing."""
    from pututu.rescue.plan import make_plan
    from pututu.rescue.services import known_fingerprints

    pages, faults = [], []
    for file in files:
        try:
            pages.append(read_list_page(file.read_bytes(), name=file.name, encoding=encoding))
        except UnreadableCapture as fault:
            faults.append(fault)
    known = known_fingerprints() if has_site else frozenset()
    return make_plan(pages, existing=known, language=language), faults


def _apply(plan: Plan, *, language: str) -> None:
    from pututu.rescue.services import NoSiteYet, apply_plan

    try:
        made = sum(1 for _page in apply_plan(plan, language=language))
    except NoSiteYet as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(f"\n{made} drafts made, under “From the old site”.", err=True)
