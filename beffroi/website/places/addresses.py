"""Stable addresses of towns and territories: a code, then a name for people to read."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.text import slugify

_NO_ACCENT_SAYS_IT = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "’": "-", "'": "-"})
_ROUTES = {"dep": "places:department", "reg": "places:region", "epci": "places:intercommunality"}


class Address(NamedTuple):
    """The end of an address as a reader gave it: `22050-dinan`, `22050` or anything else."""

    code: str
    slug: str


def read_address(text: str) -> Address:
    """Split an address at its first hyphen; codes are read without regard to case."""
    code, _, slug = text.strip().partition("-")
    return Address(code.strip().upper(), slug.strip().lower())


def slug_of(name: str) -> str:
    """`cotes-d-armor` for « Côtes-d’Armor »."""
    return slugify(name.translate(_NO_ACCENT_SAYS_IT))


def town_address(code: str, name: str, *, as_of: date | None = None) -> str:
    """Where a town's page stands; `as_of` opens it at another date than today."""
    path = reverse("places:town", args=[_written(code, name)])
    return f"{path}?au={as_of.isoformat()}" if as_of else path


def area_address(kind: str, code: str, name: str) -> str:
    """Where the page of a `dep`, a `reg` or an `epci` stands."""
    return reverse(_ROUTES[kind], args=[_written(code, name)])


def _written(code: str, name: str) -> str:
    slug = slug_of(name)
    return f"{code}-{slug}" if slug else code
