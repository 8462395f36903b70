"""The fingerprint of what was measured: every line of the register that the figures stand on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator

from beffroi.foundations.territories.queries import town_labels

from ..indicators import Facts

Line = tuple[str, ...]


def fingerprint_inputs(facts: Facts) -> str:
    """SHA-256, in hexadecimal, of the lines of the facts, as text and in the order of that text.

    Towns are written by the code they bear on the day, so that two databases that hold the same
    register say the same.
    """
    towns = facts.towns()
    codes = {town: label.code for town, label in town_labels(towns, on=facts.as_of).items()}
    digest = hashlib.sha256()
    for line in sorted(_lines(facts, codes)):
        digest.update(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode())
    return digest.hexdigest()


def _lines(facts: Facts, codes: dict[int, str]) -> Iterator[Line]:
    sets = {
        "active": facts.active,
        "fresh": facts.fresh,
        "met": facts.met,
        "late": facts.late,
    }
    for name, towns in sets.items():
        yield from ((name, code) for code in _written(towns, codes))
    for name, signed in facts.signed.items():
        for town in signed.keys() & getattr(facts, name):
            since, reference = signed[town]
            yield name, codes.get(town, ""), since.isoformat(), reference
    for town in facts.active & facts.population.keys():
        yield "population", codes.get(town, ""), str(facts.population[town])
    for name, records in facts.tables().items():
        for record in records:
            places = _written(record.towns, codes)
            yield name, *record.cells, record.region, " ".join(places)
    yield from (("vacant", reference) for reference in facts.vacant)


def _written(towns: Iterable[int], codes: dict[int, str]) -> list[str]:
    return sorted(codes.get(town, "") for town in towns)
