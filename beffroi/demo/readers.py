"""Made-up readers: invented names at town halls under `.example`, a domain nobody can own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from django.utils.text import slugify

READERS = 2_000
FIRST_NAMES = (
    "Amélie", "Bruno", "Céline", "Denis", "Élodie", "Farid", "Gaëlle", "Hugo", "Inès", "Jean",
    "Karima", "Loïc", "Maëlle", "Nadia", "Olivier", "Patricia", "Quentin", "Rachid", "Sophie",
    "Thierry", "Ursula", "Valérie", "William", "Xavier", "Yasmine", "Zoé",
)  # fmt: skip
LAST_NAMES = (
    "Arnaud", "Benali", "Chevalier", "Da Silva", "Esnault", "Fontaine", "Garnier", "Hamon",
    "Imbert", "Jacquet", "Kervella", "Lemoine", "Marchand", "Nguyen", "Ollivier", "Perrin",
    "Quéré", "Renaud", "Sanchez", "Tessier", "Urvoy", "Vasseur", "Weber", "Yvon",
)  # fmt: skip


def made_up_addresses(town_names: Sequence[str], *, count: int = READERS) -> Iterator[str]:
    """`count` different addresses, the same ones each time."""
    draw = Random(1905)  # noqa: S311 - repeatable made-up people, no secret
    for number in range(count):
        person = slugify(f"{draw.choice(FIRST_NAMES)} {draw.choice(LAST_NAMES)}").replace("-", ".")
        town = slugify(town_names[number % len(town_names)])[:50].strip("-")
        yield f"{person}.{number:04}@mairie-{town}.example"
