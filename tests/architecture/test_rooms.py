"""The habits of the house that no linter knows."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for path in (ROOT / "beffroi").rglob("*.py") if "migrations" not in path.parts]
FORBIDDEN_NAMES = {"utils", "core", "common", "helpers", "helper", "misc", "services", "managers"}
OWN_APPS = [config for config in apps.get_app_configs() if config.name.startswith("beffroi.")]
CLOCKS = {"now", "today", "localdate", "localtime"}
IMPURE = ("django.db", "django.conf", "django.utils.timezone", "wagtail", "os", "random", "time")


def _relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_room_has_an_empty_name() -> None:
    named = [_relative(path) for path in SOURCES if {path.stem, *path.parts} & FORBIDDEN_NAMES]
    assert named == []


def test_no_business_signal_is_received() -> None:
    connected = [
        _relative(path)
        for path in SOURCES
        if "django.dispatch" in path.read_text() or "post_save" in path.read_text()
    ]
    assert connected == []


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if path.name == "rules.py"], ids=_relative
)
def test_rules_are_pure(path: Path) -> None:
    """No clock, no ORM, no settings: a rule decides from its arguments alone."""
    tree = ast.parse(path.read_text())
    imported = [
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    ]
    impure = [name for name in imported if name in IMPURE or name.startswith(IMPURE[:4])]
    clocks = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in CLOCKS
    ]
    assert (impure, clocks) == ([], [])


def test_only_the_environment_module_reads_the_environment() -> None:
    allowed = {"config/env.py", "config/cli.py", "config/wsgi.py"}
    sources = [*SOURCES, *(ROOT / "config").rglob("*.py")]
    readers = {_relative(path) for path in sources if "os.environ" in path.read_text()}
    assert readers <= allowed


@pytest.mark.parametrize("config", OWN_APPS, ids=lambda config: config.label)
def test_every_app_says_what_it_is_for(config: object) -> None:
    readme = Path(config.path) / "README.md"  # type: ignore[attr-defined]
    assert readme.is_file()
    assert len(readme.read_text().split()) > 40


def test_no_tag_of_the_look_leaks_out_of_the_skin() -> None:
    """Pages know `skin_base` and class names; only the skin loads the design system itself."""
    leaking = [
        _relative(path)
        for path in (ROOT / "beffroi").rglob("*.html")
        if "foundations/skin" not in str(path) and "dsfr_tags" in path.read_text()
    ]
    assert leaking == []
