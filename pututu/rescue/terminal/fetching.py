"""How is a site fetched into a web archive from the terminal, shown as it goes, and gone on with after a stop?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click

from pututu.rescue.capture import Unreadable
from pututu.rescue.fetching import Asker, crawl
from pututu.rescue.terminal.stages import Stages


@dataclass(frozen=True)
class Fetched:
    """The archive that holds a site, and what of it could not be fetched."""

    file: Path
    faults: list[Unreadable]


def asker() -> Asker:
    """Who asks: politely, and only machines of the public internet."""
    return Asker()


def fetch_site(address: str, *, into: Path | None, data: Path, stages: Stages) -> Fetched:
    """Fetch the site at ``address``. Raises click.ClickException where nothing of it could be had or kept."""
    start = whole_address(address)
    file = into or _place(start, data)
    faults: list[Unreadable] = []
    stages.begin("Fetching")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        for found in crawl(start, file, asker()):
            if isinstance(found, Unreadable):
                faults.append(found)
            else:
                stages.step(found)
    except OSError as fault:
        raise click.ClickException(
            f"What is fetched can't be kept in {file} ({fault.strerror}). Run the same again, and it goes on."
        ) from fault
    if not file.exists():
        told = faults[0].fault if faults else "The site gave nothing."
        raise click.ClickException(f"Nothing was fetched from {start}: {told}")
    return Fetched(file, faults)


def whole_address(address: str) -> str:
    """An address with its scheme: people write www.example.org. Raises click.BadParameter for what is none."""
    whole = address if re.match(r"[a-z][a-z0-9+.-]*://", address, re.I) else f"http://{address}"
    try:
        is_address = urlsplit(whole).scheme.lower() in ("http", "https") and bool(urlsplit(whole).hostname)
    except ValueError:
        is_address = False
    if not is_address:
        raise click.BadParameter(f"“{address}” is no address of a site: write http://www.example.org")
    return whole if urlsplit(whole).path else f"{whole}/"


def _place(start: str, data: Path) -> Path:
    """Where a fetched site is kept if nobody says where. Raises click.ClickException without an installation."""
    if not (data / "prepared").exists():
        raise click.ClickException(
            "There is no site yet that could keep what is fetched: say where with --keep FILE."
        )
    name = re.sub(r"[^a-z0-9.-]", "-", urlsplit(start).netloc.lower())
    return data / "fetched" / f"{name}.warc.gz"
