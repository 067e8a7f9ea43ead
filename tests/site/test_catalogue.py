"""Whoever reads or edits in Spanish meets no English, and no broken sentence."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "pututu" / "locale" / "es" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)s|\{(\w+)\}|<(/?\w+)")


@pytest.fixture(scope="module")
def entries():
    return polib.pofile(str(CATALOGUE))


def words(entry):
    return [entry.msgstr, *entry.msgstr_plural.values()]


def test_every_message_has_its_spanish(entries):
    assert len(entries) > 400
    assert not [entry.msgid for entry in entries if not any(words(entry)) or entry.fuzzy]


def test_the_catalogue_has_no_line_that_gettext_could_not_read():
    """A remnant of an old wording without its first line stops msgmerge; polib reads over it."""
    assert not [line for line in CATALOGUE.read_text().splitlines() if line.startswith(("#|", "#~"))]


def test_every_placeholder_and_tag_stands_in_the_spanish_too(entries):
    def parts(text):
        return sorted(filter(None, (part for found in PLACEHOLDER.findall(text) for part in found)))

    broken = []
    for entry in entries:
        wanted = {tuple(parts(text)) for text in (entry.msgid, entry.msgid_plural) if text}
        broken += [entry.msgid for text in words(entry) if text and tuple(parts(text)) not in wanted]
    assert not broken
    assert parts("<b>%(n)s</b>") != parts("%(n)s")


def test_the_compiled_catalogue_is_the_written_one(entries):
    compiled = {
        (entry.msgctxt, entry.msgid): words(entry)
        for entry in polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    }
    assert compiled == {(entry.msgctxt, entry.msgid): words(entry) for entry in entries}


def test_no_message_of_the_code_is_missing_from_the_catalogue(entries, tmp_path):
    if not shutil.which("xgettext"):
        pytest.skip("gettext is not installed (apt-get install gettext)")
    copy = tmp_path / "pututu"
    shutil.copytree(ROOT / "pututu", copy, ignore=shutil.ignore_patterns("locale", "*.pyc", "tests"))
    (copy / "locale").mkdir()
    command = [str(Path(sys.executable).with_name("django-admin")), "makemessages", "-l", "es", "-v", "0"]
    environment = {
        "PATH": "/usr/bin:/bin",
        "DJANGO_SETTINGS_MODULE": "pututu.config.settings",
        "PUTUTU_DATA": str(tmp_path),
    }
    subprocess.run(command, cwd=copy, check=True, env=environment, capture_output=True)
    found = polib.pofile(str(copy / "locale" / "es" / "LC_MESSAGES" / "django.po"))
    kept = {(entry.msgctxt, entry.msgid) for entry in entries}
    assert not [entry.msgid for entry in found if (entry.msgctxt, entry.msgid) not in kept]
