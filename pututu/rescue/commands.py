"""How does an operator bring an old site across from the terminal, and see what became of its addresses?

Exit codes: 0 done. 1 something could not be read, or an address is unresolved; the rest was done. 2 called wrongly.
"""

from __future__ import annotations

import codecs
import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pututu.rescue.sources import UnknownSource
from pututu.rescue.sources.rows import FIELDS, NoSuchField
from pututu.rescue.terminal.fetching import fetch_site
from pututu.rescue.terminal.installation import choose_installation, has_site, need_site, set_up
from pututu.rescue.terminal.stages import Stages
from pututu.rescue.terminal.telling import Tally, address_lines, item_lines

if TYPE_CHECKING:
    from pututu.rescue.bringing.applying import Done, Into
    from pututu.rescue.bringing.running import Outcome, Source, Watch

BRING = "bring"
DEMO_PAGES = 100  # stories and events


class SourceOrWord(click.Group):
    """``rescue SOURCE…`` brings across; ``rescue report`` is a command of its own (write ``./report`` for a file)."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = [BRING, *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "SOURCE… [OPTIONS]")
        formatter.write_usage(ctx.command_path, "COMMAND [OPTIONS]", prefix="   or: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options of ``rescue SOURCE…`` are those that are looked for here."""
        self.commands[BRING].format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


@click.group(cls=SourceOrWord)
def rescue() -> None:
    """Bring an old site across, with honest dates and every old address accounted for.

    SOURCE… is a folder of HTML, a WARC, WACZ, WordPress export, feed, CSV or JSON Lines file, or the scraped text of
    list pages. It comes as drafts; running it again changes only what differs. Uses the installation that PUTUTU_DATA
    names; without it the group's own, else the demonstration.
    """


def _known_encoding(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError:
        raise click.BadParameter(f"No encoding is called “{name}”. Name another, such as “cp1252”.") from None


@dataclass(frozen=True)
class Wishes:
    """What the caller asked for besides the sources."""

    into: str = ""
    publish: bool = False
    dry_run: bool = False
    as_json: bool = False
    language: str = "en"
    is_quiet: bool = False  # no line for each item


@rescue.command(BRING, hidden=True)
@click.argument("sources", nargs=-1, metavar="SOURCE…", type=click.Path(exists=True, path_type=Path))
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
    "--map",
    "mapped",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Which column of a table, or name in JSON Lines, is which field, where its name does not tell: date=Fecha. "
    f"Fields: {', '.join(FIELDS)}. Can be given several times.",
)
@click.option("--language", default="en", show_default=True, help="The language of pages that name none.")
@click.option(
    "--encoding", default="", callback=_known_encoding, help="The encoding of scraped text that is not UTF-8."
)
@click.option(
    "--fetch",
    "fetched",
    default="",
    metavar="ADDRESS",
    help="First fetch the site that answers at ADDRESS, politely.",
)
@click.option(
    "--keep",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Into which WARC file to fetch (“fetched” in the data folder).",
)
def bring_sources(sources: tuple[Path, ...], fetched: str, keep: Path | None, **said: Any) -> None:
    """Bring SOURCE… across as drafts; running it again changes only what differs."""
    data = choose_installation()
    site, mapping, encoding = said.pop("site"), _mapping(said.pop("mapped")), said.pop("encoding")
    wishes = Wishes(**said)
    _check_call(sources, fetched, keep, wishes)
    need_site(data, is_dry=wishes.dry_run)
    set_up(data)
    from pututu.rescue.bringing.running import Source

    with Stages() as stages:
        fetch = fetch_site(fetched, into=keep, data=data, stages=stages) if fetched else None
        paths = (*sources, fetch.file) if fetch else sources
        source = Source(paths, site=site, mapping=mapping, encoding=encoding)
        outcome = _bring(source, data, wishes, stages)
        for fault in fetch.faults if fetch else ():
            click.echo(str(fault), err=True)
    sys.exit(1 if outcome.faults or (fetch and fetch.faults) else 0)


@rescue.command("demo-old-site")
@click.option("--publish", is_flag=True, help="Publish under News what needs no decision, instead of drafts.")
def demo_old_site(publish: bool) -> None:
    """Bring a small invented old site, full of old sites' defects, into the demonstration, before your eyes."""
    data = choose_installation(names=("demo",))
    if not (data / "sign-in.txt").exists():
        raise click.ClickException(f"There is no demonstration in {data}: start it first (./run demo).")
    os.environ["PUTUTU_DEMO"] = "1"
    set_up(data)
    from pututu.rescue.bringing.running import Source
    from pututu.rescue.invented import invent_site, write_folder

    folder = data / "old-site"
    with Stages() as stages:
        shutil.rmtree(folder, ignore_errors=True)
        write_folder(stages.through(invent_site(DEMO_PAGES), stage="Inventing"), folder)
        wishes = Wishes(into="/en/news/" if publish else "", publish=publish, is_quiet=True)
        outcome = _bring(Source((folder,)), data, wishes, stages)
    click.echo(f"The old site lies in {folder}. Run it again: nothing comes twice.", err=True)
    sys.exit(1 if outcome.faults else 0)


@rescue.command()
@click.option(
    "--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the table to a file."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each address.")
def report(csv_file: Path | None, as_json: bool) -> None:
    """Say what became of every address of the old site; exit code 1 while one is unresolved."""
    data = choose_installation()
    if not has_site(data):
        raise click.ClickException(f"There is no site in {data} yet.")
    set_up(data)
    from pututu.rescue.bringing import table

    counts: Counter[str] = Counter()
    for line in table.as_lines(table.rows(), counts):
        if not as_json:
            click.echo(line)
    if as_json:
        for cells in table.rows():
            click.echo(json.dumps(cells, ensure_ascii=False))
    if csv_file:
        try:
            with csv_file.open("w", encoding="utf-8-sig", newline="") as file:
                file.writelines(table.as_csv(table.rows()))
        except OSError as fault:
            raise click.ClickException(f"{csv_file} can't be written ({fault.strerror}).") from fault
    sys.exit(1 if counts["unresolved"] else 0)


# --- what the caller asked for


def _check_call(sources: tuple[Path, ...], fetched: str, keep: Path | None, wishes: Wishes) -> None:
    if not sources and not fetched:
        raise click.UsageError("Say what to bring across: SOURCE…, or --fetch ADDRESS.")
    if keep and not fetched:
        raise click.UsageError("--keep says where to keep what is fetched: say from where with --fetch.")
    if wishes.publish and not wishes.into:
        raise click.UsageError("--publish publishes into a section: say which with --into.")
    texts = Counter(path.name for path in sources if path.suffix.lower() == ".txt")
    if twice := next((name for name, count in texts.items() if count > 1), None):
        raise click.UsageError(
            f"Two sources are called {twice}: rename one, or give the folder that holds both."
        )


def _mapping(mapped: tuple[str, ...]) -> dict[str, str]:
    pairs = [each.partition("=") for each in mapped]
    if wrong := next((name for name, equals, column in pairs if not equals or not column), None):
        raise click.UsageError(f"--map {wrong}: write FIELD=COLUMN.")
    return {name.strip(): column.strip() for name, _equals, column in pairs}


# --- the run


def _watch(stages: Stages) -> Watch:
    """What tells the stages how many pages are read, and how many items dated."""
    from pututu.rescue.bringing.running import Watch

    class Shown(Watch):
        def read(self) -> None:
            stages.step(stage="Reading")

        def dated(self) -> None:
            stages.step(stage="Dating")

    return Shown()


def _bring(source: Source, data: Path, wishes: Wishes, stages: Stages) -> Outcome:
    """Bring the source across or look at it, tell each item as it is done, and the whole at the end."""
    from pututu.rescue.bringing.room import DiskIsFull
    from pututu.rescue.bringing.running import Outcome
    from pututu.rescue.shelter import NoSiteYet

    outcome, tally = Outcome(watch=_watch(stages)), Tally()
    try:
        with closing(_steps(source, data, wishes, outcome)) as steps:  # type: ignore[type-var]  # a generator, which can be closed
            _go_through(steps, tally, wishes, stages)
    except (UnknownSource, NoSuchField, NoSiteYet, DiskIsFull) as fault:
        raise click.ClickException(str(fault)) from fault
    stages.close()
    _tell_end(outcome, tally, data, is_dry=wishes.dry_run)
    return outcome


def _steps(source: Source, data: Path, wishes: Wishes, outcome: Outcome) -> Iterator[Done]:
    from pututu.rescue.bringing.running import bring, look

    if wishes.dry_run:
        return look(source, is_known=has_site(data), outcome=outcome)
    return bring(source, _into(wishes), outcome=outcome)


def _into(wishes: Wishes) -> Into:
    from pututu.rescue.bringing.applying import Into
    from pututu.rescue.bringing.running import section_named, sections

    section = section_named(wishes.into) if wishes.into else None
    if wishes.into and section is None:
        raise click.ClickException(
            f"“{wishes.into}” is no section, or more than one. There are: {', '.join(sections())}."
        )
    return Into(language=wishes.language, section=section, is_published=wishes.publish)


def _go_through(steps: Iterator[Done], tally: Tally, wishes: Wishes, stages: Stages) -> None:
    last = "Comparing" if wishes.dry_run else "Writing"
    for done in steps:
        stages.step(done.item.title or done.item.address, stage=last)
        tally.add(done.item, done.decision.act)
        if wishes.as_json:
            click.echo(json.dumps(done.item.as_json(), ensure_ascii=False))
        elif not wishes.is_quiet:
            click.echo(item_lines(done.item, done.decision))


def _tell_end(outcome: Outcome, tally: Tally, data: Path, *, is_dry: bool) -> None:
    for fault in outcome.faults:
        click.echo(str(fault), err=True)
    if outcome.fault_count > len(outcome.faults):
        click.echo(
            f"… and {outcome.fault_count - len(outcome.faults)} more that could not be read.", err=True
        )
    click.echo("", err=True)
    for line in tally.lines(is_dry=is_dry, faults=outcome.fault_count):
        click.echo(line, err=True)
    if is_dry or not has_site(data):
        return
    from django.conf import settings

    from pututu.rescue.bringing import picture

    place = f"{settings.BASE_URL}/admin/old-site/"
    for line in address_lines(picture.outcomes(), waiting=picture.progress()[1], place=place):
        click.echo(line, err=True)
