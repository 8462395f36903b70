"""`communes`, in the very columns of the national file, and their `intercommunalites`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from beffroi.foundations.folding import fold
from beffroi.foundations.territories.queries import (
    describe_towns,
    intercommunality_points,
    town_points,
)
from beffroi.programme.membership.queries import open_designations

from ..declaration import Dataset, Field, Row, insee_com, lib_com, siren_epci
from ..edition import Edition


def _read(edition: Edition) -> Iterator[Row]:
    groups = _groups(edition)
    cards = describe_towns(groups, on=edition.as_of)
    for card in sorted(cards.values(), key=lambda card: (fold(card.name), card.code)):
        yield (
            " ".join(sorted(groups[card.town_id])),
            card.code,
            card.name,
            card.department_code,
            card.department_name,
            card.region_name,
            card.population,
            card.epci_siren,
            card.epci_name,
        )


def _read_groups(edition: Edition) -> Iterator[Row]:
    cards = describe_towns(_groups(edition), on=edition.as_of).values()
    towns = Counter((card.epci_siren, card.epci_name) for card in cards if card.epci_siren)
    for (siren, name), number in sorted(towns.items()):
        yield siren, name, number


def _groups(edition: Edition) -> dict[int, set[str]]:
    """Each town of the programme that day, with the references of its groups."""
    groups: defaultdict[int, set[str]] = defaultdict(set)
    if edition.programme:
        rows = open_designations(edition.programme, as_of=edition.as_of)
        for town_id, reference in rows.values_list("town_id", "group__reference"):
            groups[edition.living[town_id]].update(filter(None, [reference]))
    return dict(groups)


TOWNS = Dataset(
    code="communes",
    title="Communes du programme",
    description=(
        "La liste des communes qui font partie du programme à la date, dans les colonnes mêmes du "
        "fichier national des Petites villes de demain. Noms, codes, département, région et "
        "intercommunalité sont ceux de la date\u202f; une commune issue d’une fusion ne paraît "
        "qu’une fois."
    ),
    keywords=("communes", "petites villes de demain", "liste", "centralités"),
    fields=(
        Field(
            "id_pvd",
            "Identifiant du groupement",
            "Référence que le programme donne aux communes désignées ensemble, partagée par "
            "toutes\u202f; vide pour une commune dont le registre ne connaît pas le groupement.",
            example="pvd-53-22-1",
        ),
        insee_com(),
        lib_com(),
        Field(
            "insee_dep",
            "Code du département",
            "À la date de la version.",
            example="22",
            constraints={"pattern": "[0-9][0-9AB]|97[0-9]|98[0-9]"},
        ),
        Field("lib_dep", "Nom du département", example="Côtes-d’Armor"),
        Field("lib_reg", "Nom de la région", example="Bretagne"),
        Field(
            "pop",
            "Population",
            "Habitants, selon le millésime officiel en vigueur à la date\u202f; vide si aucun.",
            "integer",
            "14045",
            {"minimum": 0},
        ),
        siren_epci("À la date de la version\u202f; vide pour une commune isolée."),
        Field("lib_epci", "Nom de l’intercommunalité", example="CA Dinan Agglomération"),
    ),
    read=_read,
    key=("insee_com",),
    points=lambda edition: town_points(on=edition.as_of),
    located_by="insee_com",
)

GROUPS = Dataset(
    code="intercommunalites",
    title="Intercommunalités du programme",
    description=(
        "Les intercommunalités dont une commune au moins fait partie du programme à la date, et le "
        "nombre de ces communes."
    ),
    keywords=("intercommunalités", "EPCI", "liste"),
    fields=(
        siren_epci("Tel que le répertoire national le donne."),
        Field("lib_epci", "Nom de l’intercommunalité", example="CA Dinan Agglomération"),
        Field(
            "communes",
            "Communes du programme",
            "Ses communes qui font partie du programme à la date.",
            "integer",
            "3",
            {"minimum": 1},
        ),
    ),
    read=_read_groups,
    key=("siren_epci",),
    points=lambda _: intercommunality_points(),
    located_by="siren_epci",
)
