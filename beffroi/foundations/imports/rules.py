"""How a file is recognised and how its cells are read. Pure: no clock, no database."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from beffroi.foundations.dates import parse_date
from beffroi.foundations.money import parse_amount

_BLANK = re.compile(r"\s+")
_FALSE_DECIMAL = re.compile(r"[.,]0+$")
_MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?$")
_DECIMAL = re.compile(r"-?\d+(?:[.,]\d+)?")
_SIREN_LENGTH, _SIRET_LENGTH = 9, 14
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Recognition:
    """The declared file whose columns are nearest to a header.

    `name` is empty when none is near enough; `missing` columns keep the file from being read.
    """

    name: str
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


def recognise(header: Sequence[str], declared: Mapping[str, Sequence[str]]) -> Recognition:
    """Find the declared file that a header is, by its columns in any order and any case.

    The nearest is the one with most columns shared among all columns of either; it must share half
    of its own at least. So a file that lacks one column is told so, and is never taken for a
    smaller one.
    """
    present = {column.casefold() for column in header if column}

    def nearness(name: str) -> float:
        wanted = {column.casefold() for column in declared[name]}
        return len(wanted & present) / len(wanted | present)

    nearest = max(declared, key=nearness, default="")
    wanted = declared.get(nearest, ())
    missing = tuple(column for column in wanted if column.casefold() not in present)
    if not nearest or len(missing) * 2 > len(wanted):
        return Recognition("")
    known = {column.casefold() for column in wanted}
    extra = tuple(column for column in header if column and column.casefold() not in known)
    return Recognition(nearest, missing, extra)


def repeated(header: Iterable[str]) -> list[str]:
    """The column names that come more than once."""
    counts = Counter(column.casefold() for column in header if column)
    return [column for column, count in counts.items() if count > 1]


def bare_code(text: str) -> str:
    """A code as text: no spaces, no `.0` of a number read as such, capital letters."""
    return _FALSE_DECIMAL.sub("", _BLANK.sub("", text)).upper()


@lru_cache(maxsize=4096)
def read_day(text: str) -> date:
    """A day between 2000 and 2100; a midnight written after it is dropped. Raises ValueError."""
    day = parse_date(_MIDNIGHT.sub("", text))
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValueError(f"année invraisemblable, attendu : de {EARLIEST_YEAR} à {LATEST_YEAR}")
    return day


def read_euros(text: str, *, digits: int) -> Decimal:
    """Euros to the cent, zero or more, within `digits` figures. Raises ValueError."""
    return _bounded(parse_amount(text), digits, "montant")


def read_quantity(text: str, *, digits: int, most: int | None = None) -> Decimal:
    """A number of zero or more with at most two decimals, such as m² or percent.

    Raises ValueError when it is unreadable, negative, or over `most`.
    """
    compact = _BLANK.sub("", text).removesuffix("%").removesuffix("m²").removesuffix("m2")
    if not _DECIMAL.fullmatch(compact):
        raise ValueError("nombre illisible, attendu : 1 250,5")
    number = Decimal(compact.replace(",", "."))
    rounded = number.quantize(Decimal("0.01"))
    if rounded != number:
        raise ValueError("nombre trop précis, deux décimales au plus")
    if most is not None and rounded > most:
        raise ValueError(f"nombre trop grand, {most} au plus")
    return _bounded(rounded, digits, "nombre")


def read_whole(text: str, *, least: int = 0, most: int) -> int:
    """A whole number from `least` to `most`. Raises ValueError."""
    compact = _FALSE_DECIMAL.sub("", _BLANK.sub("", text))
    if not re.fullmatch(r"-?[0-9]+", compact):
        raise ValueError("nombre entier attendu, sans virgule ni lettre")
    number = int(compact)
    if number < least:
        raise ValueError(f"nombre trop petit, {least} au moins")
    if number > most:
        raise ValueError(f"nombre trop grand, {most} au plus")
    return number


def read_siren(text: str) -> str:
    """The nine digits of an SIREN, also out of the fourteen of a SIRET. Raises ValueError."""
    code = bare_code(text)
    if not (code.isascii() and code.isdigit() and len(code) in {_SIREN_LENGTH, _SIRET_LENGTH}):
        raise ValueError("identifiant illisible, attendu : 9 chiffres (SIREN) ou 14 (SIRET)")
    return code[:_SIREN_LENGTH]


def _bounded(number: Decimal, digits: int, noun: str) -> Decimal:
    if number < 0:
        raise ValueError(f"{noun} négatif, attendu : zéro ou plus")
    if number >= Decimal(10) ** (digits - 2):
        raise ValueError(f"{noun} trop grand, {digits - 2} chiffres au plus avant la virgule")
    return number
