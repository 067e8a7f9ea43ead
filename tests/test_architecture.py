"""The house stands as its plan says: what the import contracts can't see is checked here."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "pututu"
LONGEST_MODULE = 400
LONGEST_FUNCTION = 45
LONGEST_TEMPLATE = 80

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
]
LAYERS = [
    [app.strip(" ()") for app in layer.split("|")]
    for contract in CONTRACTS
    if contract["id"] == "apps"
    for layer in contract["layers"]
]
HEIGHT = {app: len(LAYERS) - number for number, layer in enumerate(LAYERS) for app in layer}
MODULES = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
TEMPLATES = list(PACKAGE.rglob("templates/**/*.*"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def app_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def may_know(app: str, other: str) -> bool:
    """Whether ``app`` may name a part of ``other``: itself, or something below it."""
    return app == other or HEIGHT[other] < HEIGHT[app]


def test_layers_rank_as_the_plan_draws_them():
    assert may_know("home", "publishing")
    assert not may_know("publishing", "home")
    assert not may_know("publishing", "events")


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_needs_scrolling_for_ever(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_function_needs_scrolling(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    too_long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > LONGEST_FUNCTION]
    assert not too_long


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p.name != "__init__.py" and "tests" not in p.parts], ids=name
)
def test_every_module_begins_with_the_question_that_it_answers(path):
    if path.name == "apps.py":
        return
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert "?" in words.split("\n\n")[0]


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_is_longer_than_a_screen_and_a_half(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_TEMPLATE


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_take_in_only_what_lies_below(path):
    words = path.read_text(encoding="utf-8")
    taken = re.findall(r"""{%-?\s*(?:include|extends)\s+["']([\w]+)/""", words)
    upwards = [app for app in taken if app in HEIGHT and not may_know(app_of(path), app)]
    assert not upwards


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_carry_no_inline_script_or_style(path):
    words = path.read_text(encoding="utf-8")
    scripts = [
        tag
        for tag in re.findall(r"<script\b[^>]*>", words)
        if "src=" not in tag and "application/" not in tag
    ]
    assert not scripts
    if path.parent.name == "mail":  # a letter can take in no style sheet from elsewhere
        words = re.sub(r"<style>.*?</style>", "", words, flags=re.DOTALL)
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=", words) or path.name == "500.html"


def test_foreign_keys_point_down_and_never_through_the_privacy_wall():
    upwards = []
    for model in apps.get_models():
        if not model.__module__.startswith("pututu."):
            continue
        app = model._meta.app_label  # whoever works on the site is known to all: Django's own swappable user
        for field in model._meta.get_fields():
            other = (
                getattr(field.related_model, "_meta", None)
                if field.is_relation and not field.auto_created
                else None
            )
            if other is None or other.label == settings.AUTH_USER_MODEL:
                continue
            if other.app_label in HEIGHT and not may_know(app, other.app_label):
                upwards.append(f"{model.__name__}.{field.name}")
    assert not upwards


def test_every_folder_of_the_package_is_in_the_plan():
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert folders <= set(HEIGHT)


def test_nothing_is_called_utils():
    assert not [name(path) for path in MODULES if path.stem in {"utils", "helpers", "common", "base", "misc"}]


FORBIDDEN = re.compile(
    r"py[p]i\.org|pythonhoste[d]\.org|registry\.np[m]js|deb\.debia[n]\.org|(^|[^A-Za-z0-9_.$~-])/(wor[k]|roo[t])/"
)


def test_no_file_names_a_registry_or_a_machine():
    import subprocess

    kept = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    texts = [ROOT / path for path in kept if not path.endswith((".png", ".woff2", ".ttf", ".mo", ".pdf"))]
    assert not [
        path for path in texts if path.exists() and FORBIDDEN.search(path.read_text(encoding="utf-8"))
    ]
    assert FORBIDDEN.search("https://py" + "pi.org/simple")
