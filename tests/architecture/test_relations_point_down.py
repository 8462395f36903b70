"""What import contracts cannot see: foreign keys and string look-ups point down too."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
LOOKUPS = {"get_model", "ForeignKey", "OneToOneField", "ManyToManyField", "ParentalKey"}


def _layers(container: str) -> list[str]:
    """The layers of a container, as import-linter holds them, roof first."""
    for contract in CONTRACTS:
        if contract["type"] == "layers" and contract["containers"] == [container]:
            return list(contract["layers"])
    return []


def _height(module: str, container: str = "beffroi") -> int | None:
    """How high a module stands in a container: 0 is the ground."""
    name = module.removeprefix(f"{container}.").split(".")[0]
    for height, layer in enumerate(reversed(_layers(container))):
        if name in re.split(r"\s*[|:]\s*", layer):
            return height
    return None


def points_up(source: str, target: str) -> bool:
    """Whether a relation from `source` to `target` climbs a floor, or a layer within one."""
    if not target.startswith("beffroi."):
        return False
    here, there = _height(source), _height(target)
    assert here is not None, f"{source} stands on no floor"
    assert there is not None, f"{target} stands on no floor"
    if here != there:
        return there > here
    floor = ".".join(source.split(".")[:2])
    if floor != ".".join(target.split(".")[:2]):
        return True
    inside, outside = _height(source, floor), _height(target, floor)
    return inside is not None and outside is not None and outside > inside


def _own_models() -> Iterator[type[Model]]:
    for model in apps.get_models():
        if model.__module__.startswith("beffroi."):
            yield model


@pytest.mark.parametrize("model", list(_own_models()), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model: type[Model]) -> None:
    climbing = [
        f"{field.name} → {field.related_model._meta.label}"
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and isinstance(field.related_model, type)
        and points_up(model.__module__, field.related_model.__module__)
    ]
    assert climbing == []


def _string_lookups(path: Path) -> Iterator[tuple[int, str]]:
    """Labels named as text in `get_model("app.Model")` or `ForeignKey("app.Model")`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        first = node.args[0]
        if name in LOOKUPS and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield node.lineno, first.value.split(".")[0]


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def test_models_named_as_text_point_down() -> None:
    labels = {config.label: config.name for config in apps.get_app_configs()}
    climbing = [
        f"{path.relative_to(ROOT)}:{line} → {label}"
        for path in (ROOT / "beffroi").rglob("*.py")
        if "migrations" not in path.parts
        for line, label in _string_lookups(path)
        if points_up(_module(path), labels.get(label, ""))
    ]
    assert climbing == []


@pytest.mark.parametrize(
    ("source", "target", "climbs"),
    [
        ("beffroi.foundations.media.models", "beffroi.progress.models", True),
        ("beffroi.progress.models", "beffroi.foundations.media.models", False),
        ("beffroi.newsletter.delivery.models", "beffroi.newsletter.issues.models", True),
        ("beffroi.newsletter.issues.models", "beffroi.newsletter.delivery.models", False),
        ("beffroi.programme.membership.models", "beffroi.programme.support.models", True),
        ("beffroi.foundations.media.models", "wagtail.images.models", False),
    ],
)
def test_tells_a_climb_from_a_descent(source: str, target: str, climbs: bool) -> None:
    assert points_up(source, target) is climbs
