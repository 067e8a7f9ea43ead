"""The guides say what the program does: what they tell of settings, commands, checks and dates is held against it."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import pytest
from django.core.management import get_commands
from django.utils.translation import override

from pututu.accounts.rules import ROLES
from pututu.config.cli import main
from pututu.config.environment import VARIABLES
from pututu.dates.templatetags.dates import full_words
from pututu.giving.wagtail_hooks import SCREENS
from pututu.lib.dates import DateError, from_words
from pututu.pages import views
from pututu.shell.blocks import BodyBlock

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
GUIDES = [*sorted(DOCS.glob("*.md")), *sorted((DOCS / "developers").glob("*.md"))]
TEXTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
EDITORS, OPERATORS = DOCS / "editors.md", DOCS / "operators.md"
LONGEST_LINE = 160
OUR_CHECK = re.compile(
    r"\b(?:accounts|bulletins|delivery|events|giving|home|media|membership|operations|pages|people|publishing|shell)\.[EWI]\d{3}\b"
)
OUR_VARIABLE = re.compile(r"\bPUTUTU_[A-Z_]+\b")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(r"`((?:bench|demonstration|docs|pututu|requirements|tests)/[\w./-]+)`")
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def table(text: str, *heads: str) -> list[list[str]]:
    """The rows of the first table with these column heads, a list of cells each; no such table is an error."""
    _before, found, after = text.partition(line(heads) + "\n")
    assert found, f"There is no table with the heads {heads}."
    rows = after.split("\n\n")[0].splitlines()[1:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def code(cell: str) -> str:
    return cell.strip("`")


# --- settings


def variables_table() -> str:
    rows = [(f"`{each.name}`", each.purpose, each.default or "nothing") for each in VARIABLES]
    return "\n".join(
        line(row) for row in [("variable", "for", "without it"), ("-", "-", "-"), *rows]
    ).replace("| - | - | - |", "|---|---|---|")


def test_the_table_of_settings_is_the_one_that_the_code_gives():
    assert f"{variables_table()}\n\n" in read(OPERATORS), (
        f"Put this into {name(OPERATORS)}:\n{variables_table()}"
    )
    assert "`PUTUTU_NO_SUCH`" not in variables_table()


def unknown_variables(text: str) -> set[str]:
    known = {each.name for each in VARIABLES} | set(OUR_VARIABLE.findall(read(ROOT / "run")))
    return set(OUR_VARIABLE.findall(text)) - known - {"PUTUTU_TEST_SITES"}


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_no_guide_names_a_variable_that_nothing_reads(path):
    assert not unknown_variables(read(path))
    assert unknown_variables("Set `PUTUTU_NO_SUCH`.") == {"PUTUTU_NO_SUCH"}


def undeclared(code_text: str) -> set[str]:
    return set(OUR_VARIABLE.findall(code_text)) - {each.name for each in VARIABLES}


def test_the_code_reads_no_variable_that_is_not_declared():
    modules = [path for path in (ROOT / "pututu").rglob("*.py") if "tests" not in path.parts]
    assert not undeclared("\n".join(map(read, modules)))
    assert undeclared('os.environ["PUTUTU_NO_SUCH"]') == {"PUTUTU_NO_SUCH"}


# --- commands


def options(command: click.Command) -> set[str]:
    """The options of a command, with those of the commands below it."""
    below = command.commands.values() if isinstance(command, click.Group) else ()
    own = {opt for each in command.params for opt in each.opts if opt.startswith("--")} - {"--help"}
    return own.union(*map(options, below))


def described_commands(text: str) -> dict[str, set[str]]:
    rows = table(text, "command", "does", "options")
    return {code(row[0]).removeprefix("pututu "): set(re.findall(r"`(--[\w-]+)`", row[2])) for row in rows}


def test_every_command_and_every_option_stands_in_the_guide_and_no_other():
    real = {command: options(each) for command, each in main.commands.items()}
    assert described_commands(read(OPERATORS)) == real
    assert described_commands(
        line(("command", "does", "options")) + "\n|-|\n| `pututu fly` | flies | `--far` |"
    ) == {"fly": {"--far"}}


def described_management_commands(text: str) -> set[str]:
    return set(re.findall(r"`\./run manage (\w+)", text))


def test_every_management_command_of_ours_is_described_and_every_described_one_exists():
    real = get_commands()
    ours = {command for command, app in real.items() if str(app).startswith("pututu.")}
    described = described_management_commands(read(OPERATORS))
    assert "rebuild_search" in ours
    assert ours <= described <= set(real)
    assert not described_management_commands("`./run manage no_such_command`") <= set(real)


# --- checks


def ids_in_code() -> set[str]:
    modules = [path for path in (ROOT / "pututu").rglob("*.py") if "tests" not in path.parts]
    return {found for path in modules for found in re.findall(r"""\bid="(\w+\.[A-Z]\d{3})\"""", read(path))}


def test_every_check_stands_in_the_guide_with_its_remedy_and_no_other():
    described = {code(row[0]): row[2] for row in table(read(OPERATORS), "check", "says", "remedy")}
    assert "operations.W001" in ids_in_code()
    assert set(described) == ids_in_code()
    assert all(described.values())
    assert set(OUR_CHECK.findall(read(OPERATORS))) == ids_in_code()
    assert OUR_CHECK.findall("See operations.W999.") == ["operations.W999"]


# --- dates, blocks and roles, as editors are told


def misread(rows: Iterable[list[str]]) -> Iterator[str]:
    """The rows (typed, kept, seen) that are not true."""
    for typed, kept, seen in rows:
        date = from_words(code(typed), language="en")
        words = full_words(date)
        if (date.edtf or "nothing", words[:1].upper() + words[1:]) != (code(kept), seen):
            yield typed


def test_dates_are_read_kept_and_shown_as_the_guide_says():
    with override("en"):
        rows = table(read(EDITORS), "you type", "it is kept as", "readers see")
        assert len(rows) > 15
        assert not list(misread(rows))
        assert list(misread([["`January 2018`", "`2018-01-01`", "1 January 2018"]])) == ["`January 2018`"]


def accepted(rows: Iterable[list[str]]) -> Iterator[str]:
    for typed, _why in rows:
        try:
            from_words(code(typed), language="en")
        except DateError:
            continue
        yield typed


def test_what_the_guide_calls_refused_is_refused():
    rows = table(read(EDITORS), "you type", "why")
    assert len(rows) > 10
    assert not list(accepted(rows))
    assert list(accepted([["`16 December 2013`", "control"]])) == ["`16 December 2013`"]


def test_every_block_and_every_role_stands_in_the_guide_and_no_other():
    with override("en"):
        blocks = {str(block.label) for block in BodyBlock().child_blocks.values()}
        assert {row[0] for row in table(read(EDITORS), "piece", "for")} == blocks
    assert {row[0] for row in table(read(EDITORS), "role", "may")} == {role.name for role in ROLES}
    assert "Postal address" not in blocks


def undescribed(titles: Iterable[str], text: str) -> set[str]:
    return {title for title in titles if f"*{title}*" not in text}


def test_every_screen_of_money_stands_in_the_guide_for_treasurers():
    guide = read(DOCS / "treasurers.md")
    with override("en"):
        assert not undescribed([str(screen[0]) for screen in SCREENS], guide)
    assert undescribed({"No such screen"}, guide) == {"No such screen"}


def test_every_report_of_ours_stands_in_the_guide():
    reports = [
        each for each in vars(views).values() if isinstance(each, type) and hasattr(each, "page_title")
    ]
    with override("en"):
        titles = {str(each.page_title) for each in reports if each.__module__ == views.__name__}
    assert "Dates without evidence" in titles
    assert not undescribed(titles, read(EDITORS))
    assert undescribed({"No such report"}, read(EDITORS)) == {"No such report"}


# --- links, paths, lines


def anchors(text: str) -> set[str]:
    """The addresses that headings get where Markdown is read in a browser: small letters, hyphens for blanks."""
    titles = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}


def broken_links(text: str, *, at: Path) -> list[str]:
    """The relative links of a text that lead to no file, or to no heading of one."""
    found = [
        link
        for link in LINK.findall(FENCE.sub("", text))
        if "://" not in link and not link.startswith("mailto:")
    ]
    return [link for link in found if not leads_somewhere(link, text, at=at)]


def leads_somewhere(link: str, text: str, *, at: Path) -> bool:
    file, _mark, anchor = link.partition("#")
    target = (at.parent / file).resolve() if file else None
    if target and not target.exists():
        return False
    return not anchor or anchor in anchors(read(target) if target else text)


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_every_relative_link_leads_somewhere(path):
    assert not broken_links(read(path), at=path)


def test_broken_links_are_found():
    text = "# One heading\n[a](no-such.md) [b](#one-heading) [c](#another) [d](README.md) [e](https://example.org/)"
    assert broken_links(text, at=ROOT / "x.md") == ["no-such.md", "#another"]


def missing_paths(text: str) -> list[str]:
    return [path for path in PATH.findall(text) if not (ROOT / path).exists()]


@pytest.mark.parametrize("path", [*GUIDES, ROOT / "README.md"], ids=name)
def test_every_path_that_a_guide_names_is_there(path):
    assert not missing_paths(read(path))
    assert missing_paths("See `pututu/no/such.py`.") == ["pututu/no/such.py"]


def long_lines(text: str) -> list[int]:
    return [number for number, row in enumerate(text.splitlines(), 1) if len(row) > LONGEST_LINE]


@pytest.mark.parametrize("path", GUIDES, ids=name)
def test_no_line_of_a_guide_needs_scrolling(path):
    assert not long_lines(read(path))
    assert long_lines("x" * (LONGEST_LINE + 1)) == [1]
