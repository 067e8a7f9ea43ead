"""How does an operator bring an old site across from the terminal, and see what became of its addresses?

Exit codes: 0 done. 1 something could not be read, or an address is unresolved; the rest was done. 2 called wrongly.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import (
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from pututu.rescue.errors import UnreadableCapture
from pututu.rescue.sources import UnknownSource
from pututu.rescue.sources.rows import NoSuchField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pututu.rescue.bringing.applying import Done
    from pututu.rescue.bringing.running import Outcome, Source

SIGNS = {"create": "+", "change": "~", "leave": "=", "refuse": "!"}
BRING = "bring"


class SourceOrWord(click.Group):
    """``rescue SOURCE…`` brings across; ``rescue report`` is a command of its own (write ``./report`` for a file)."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = [BRING, *args]
        return super().parse_args(ctx, args)


@click.group(cls=SourceOrWord)
def rescue() -> None:
    """Bring an old site across, with honest dates and every old address accounted for.

    SOURCE… is a folder of HTML, a WARC, WACZ, WordPress export, feed, CSV or JSON Lines file, or the scraped text of
    list pages. Uses the installation that PUTUTU_DATA names; without it the group's own, else the demonstration.
    """


@rescue.command(BRING)
@click.argument("sources", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--into", "into", default="", help="The section (its address or number) instead of “From the old site”."
)
@click.option(
    "--publish", is_flag=True, help="Publish at once what goes into the section and needs no decision."
)
@click.option("--dry-run", is_flag=True, help="Only say what was found and what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each item.")
@click.option("--site", default="", help="The address that a folder stands for: http://www.example.org")
@click.option(
    "--map", "mapped", multiple=True, metavar="FIELD=COLUMN", help="Which column of a table is which field."
)
@click.option("--language", default="en", show_default=True, help="The language of pages that name none.")
@click.option("--encoding", default="utf-8", show_default=True, help="The encoding of scraped text.")
def bring_sources(sources: tuple[Path, ...], **options: Any) -> None:
    """Bring SOURCE… across as drafts; running it again changes only what differs."""
    data = _choose_installation()
    if options["publish"] and not options["into"]:
        raise click.UsageError("--publish publishes into a section: say which with --into.")
    if not options["dry_run"] and not _has_site(data):
        raise click.ClickException(
            f"There is no site in {data} yet: start one (./run serve), or add --dry-run."
        )
    import django

    django.setup()
    texts = tuple(each for each in sources if each.is_file() and each.suffix.lower() == ".txt")
    others = tuple(each for each in sources if each not in texts)
    is_whole = _bring_texts(texts, data, options) if texts else True
    is_whole = (_bring(others, data, options) if others else True) and is_whole
    sys.exit(0 if is_whole else 1)


@rescue.command()
@click.option(
    "--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the table to a file."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each address.")
def report(csv_file: Path | None, as_json: bool) -> None:
    """Say what became of every address of the old site; exit code 1 while one is unresolved."""
    data = _choose_installation()
    if not _has_site(data):
        raise click.ClickException(f"There is no site in {data} yet.")
    import django

    django.setup()
    from pututu.rescue.bringing import table

    counts: Counter[str] = Counter()
    for line in table.as_lines(table.rows(), counts):
        if not as_json:
            click.echo(line)
    if as_json:
        for cells in table.rows():
            click.echo(json.dumps(cells, ensure_ascii=False))
    if csv_file:
        with csv_file.open("w", encoding="utf-8-sig", newline="") as file:
            file.writelines(table.as_csv(table.rows()))
    sys.exit(1 if counts["unresolved"] else 0)


def _choose_installation() -> Path:
    checkout = Path(__file__).resolve().parents[2]
    homes = [checkout / "var" / name for name in ("site", "demo")]
    found = next((home for home in homes if (home / "prepared").exists()), homes[0])
    os.environ.setdefault("PUTUTU_DATA", str(found))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pututu.config.settings")
    return Path(os.environ["PUTUTU_DATA"])


def _has_site(data: Path) -> bool:
    return (data / "prepared").exists()


def _bring(paths: tuple[Path, ...], data: Path, options: dict[str, Any]) -> bool:
    """Bring what the readers read; True where all of it could be read."""
    from pututu.rescue.bringing.keeping import DiskIsFull
    from pututu.rescue.bringing.running import Outcome, Source
    from pututu.rescue.services import NoSiteYet

    outcome = Outcome()
    source = Source(paths, site=options["site"], mapping=_mapping(options["mapped"]))
    try:
        for done in _with_progress(_steps(source, data, options, outcome)):
            _tell(done, as_json=options["as_json"])
    except (UnknownSource, NoSuchField, NoSiteYet, DiskIsFull) as fault:
        raise click.ClickException(str(fault)) from fault
    _tell_end(outcome, is_dry=options["dry_run"])
    return not outcome.faults


def _steps(source: Source, data: Path, options: dict[str, Any], outcome: Outcome) -> Iterator[Done]:
    from pututu.rescue.bringing.applying import Into
    from pututu.rescue.bringing.running import bring, look, section_named

    if options["dry_run"]:
        return look(source, is_known=_has_site(data), outcome=outcome)
    section = section_named(options["into"]) if options["into"] else None
    if options["into"] and section is None:
        raise click.ClickException(f"“{options['into']}” is no section, or more than one: give its number.")
    into = Into(language=options["language"], section=section, is_published=options["publish"])
    return bring(source, into, outcome=outcome)


def _mapping(mapped: tuple[str, ...]) -> dict[str, str]:
    pairs = [each.partition("=") for each in mapped]
    if wrong := next((name for name, equals, column in pairs if not equals or not column), None):
        raise click.UsageError(f"--map {wrong}: write FIELD=COLUMN.")
    return {name.strip(): column.strip() for name, _equals, column in pairs}


def _with_progress(steps: Iterator[Done]) -> Iterator[Done]:
    """Show how many are done on stderr, where somebody looks."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Reading the old site", total=None)
        with closing(steps):  # type: ignore[type-var]  # a generator, which can be closed
            for done in steps:
                progress.update(task, advance=1, description=done.item.title[:40] or done.item.address[:40])
                yield done


def _tell(done: Done, *, as_json: bool) -> None:
    item = done.item
    if as_json:
        click.echo(json.dumps(item.as_json(), ensure_ascii=False))
        return
    date = item.published.words("en") if item.published else "no date"
    click.echo(
        f"{SIGNS[done.decision.act]} {item.kind}: {item.title or '(no title)'} ({date}) [{item.address}]"
    )
    click.echo(f"    {' '.join(part for part in (done.decision.reason, item.reason) if part)}")


def _tell_end(outcome: Outcome, *, is_dry: bool) -> None:
    for fault in outcome.faults:
        click.echo(str(fault), err=True)
    counts = ", ".join(f"{outcome.acts[act]} {word}" for act, word in _words(is_dry).items())
    click.echo(f"\n{counts}; {len(outcome.faults)} could not be read.", err=True)
    if not is_dry and outcome.unresolved:
        click.echo(f"{outcome.unresolved} old addresses are unresolved: pututu rescue report", err=True)


def _words(is_dry: bool) -> dict[str, str]:
    if is_dry:
        return {"create": "to create", "change": "to change", "leave": "to leave", "refuse": "to refuse"}
    return {"create": "created", "change": "changed", "leave": "left as they were", "refuse": "refused"}


def _bring_texts(files: tuple[Path, ...], data: Path, options: dict[str, Any]) -> bool:
    """Bring scraped list pages; one that can't be read is told at the end and stops nothing."""
    from pututu.rescue.plan import make_plan
    from pututu.rescue.reading import read_list_page
    from pututu.rescue.report import report_dict, report_lines
    from pututu.rescue.services import NoSiteYet, apply_plan, known_fingerprints

    pages, faults = [], []
    for file in files:
        try:
            pages.append(read_list_page(file.read_bytes(), name=file.name, encoding=options["encoding"]))
        except UnreadableCapture as fault:
            faults.append(fault)
    known = known_fingerprints() if _has_site(data) else frozenset()
    plan = make_plan(pages, existing=known, language=options["language"])
    told = [json.dumps(report_dict(plan), ensure_ascii=False)] if options["as_json"] else report_lines(plan)
    click.echo("\n".join(told))
    try:
        made = 0 if options["dry_run"] else sum(1 for _page in apply_plan(plan, language=options["language"]))
    except NoSiteYet as fault:
        raise click.ClickException(str(fault)) from fault
    if not options["dry_run"]:
        click.echo(f"\n{made} drafts made, under “From the old site”.", err=True)
    for each in faults:
        click.echo(str(each), err=True)
    return not faults
