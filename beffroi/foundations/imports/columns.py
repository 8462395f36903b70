"""What the columns of follow-up files hold, said once: for exports, templates and open data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the cells of a column are. A code is text: its zeros and letters count."""

    TEXT = "texte"
    CODE = "code (texte)"
    DAY = "date"
    EUROS = "montant en euros"
    NUMBER = "nombre"
    WHOLE = "nombre entier"


def no_values() -> Sequence[str]:
    """No list: any value of the kind will do."""
    return ()


@dataclass(frozen=True)
class Column:
    """One column, by the name that files give it.

    `values` lists what a person may choose, read when asked (funders are rows); `is_closed` says
    that nothing else is taken.
    """

    name: str
    label: str
    kind: Kind
    example: str
    help: str = ""
    is_required: bool = True
    values: Callable[[], Sequence[str]] = no_values
    is_closed: bool = True


def one_of(*values: str) -> Callable[[], Sequence[str]]:
    """A list known beforehand."""
    return lambda: values


TOWN_HELP = (
    "Code officiel de la commune à la date de la ligne, cinq caractères, zéro initial compris. "
    "Un code d’avant une fusion mène à la commune nouvelle."
)


def town_code(help_text: str = TOWN_HELP) -> Column:
    """The column of a town's INSEE code."""
    return Column("insee_com", "Code INSEE de la commune", Kind.CODE, "01004", help_text)


def town_name() -> Column:
    """The column of a town's name, which only serves to check its code."""
    return Column(
        "lib_com",
        "Nom de la commune",
        Kind.TEXT,
        "Ambérieu-en-Bugey",
        "Sert à vérifier le code ; un nom d’une autre commune est signalé.",
        is_required=False,
    )
