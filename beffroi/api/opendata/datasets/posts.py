"""`postes`: project managers' posts and the towns they serve. Never who holds them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Prefetch

from beffroi.foundations.territories.queries import intercommunality_names
from beffroi.programme.membership.models import EmployerKind, ProjectManagerPost, ServedTown
from beffroi.programme.membership.queries import posts_on, served_on

from ..declaration import Dataset, Field, Row, day, insee_com, lib_com
from ..edition import Edition


def _read(edition: Edition) -> Iterator[Row]:
    """One row per post open that day and town it serves then; one alone where it serves none."""
    if edition.programme is None:
        return
    served = Prefetch("served_towns", ServedTown.objects.order_by("started_on", "pk"))
    rows = posts_on(edition.as_of).filter(programme=edition.programme).order_by("reference")
    posts = list(rows.select_related("employer_intercommunality").prefetch_related(served))
    towns = {post: served_on(post, as_of=edition.as_of) for post in posts}
    employers = [post.employer_town_id for post in posts if post.employer_town_id]
    name = edition.naming([*employers, *(town for found in towns.values() for town in found)])
    groups = _group_names(posts, edition)
    for post in posts:
        epci = post.employer_intercommunality
        label = name(post.employer_town_id) if post.employer_town_id else None
        employer = (
            (label.code, label.name)
            if label
            else (epci.siren if epci else "", groups.get(epci.pk, "") if epci else "")
        )
        start = (post.reference, EmployerKind(post.employer_kind).value, *employer)
        end = (post.started_on, post.ended_on)
        places = sorted({(name(town).code, name(town).name) for town in towns[post]})
        for code, town_name in places or [("", "")]:
            yield *start, code, town_name, *end


def _group_names(posts: list[ProjectManagerPost], edition: Edition) -> dict[int, str]:
    ids = {pk for post in posts if (pk := post.employer_intercommunality_id)}
    return intercommunality_names(ids, on=edition.as_of)


POSTS = Dataset(
    code="postes",
    title="Postes de chef de projet",
    description=(
        "Les postes de chef de projet ouverts à la date, leur employeur et les communes qu’ils "
        "servent ce jour-là. Une ligne par poste et par commune\u00a0: compter les lignes ne "
        "compte pas les postes. Qui occupe un poste n’est jamais publié."
    ),
    keywords=("chefs de projet", "postes", "ingénierie"),
    fields=(
        Field("id_poste", "Identifiant du poste", example="P0001", constraints={"required": True}),
        Field(
            "type_employeur",
            "Type d’employeur",
            example="commune",
            constraints={"required": True, "enum": [kind.value for kind in EmployerKind]},
        ),
        Field(
            "code_employeur",
            "Code de l’employeur",
            "Code INSEE d’une commune, SIREN d’une intercommunalité.",
            example="22050",
        ),
        Field("nom_employeur", "Nom de l’employeur", example="Dinan"),
        insee_com("Code INSEE de la commune servie"),
        lib_com(),
        day("date_debut", "Ouverture du poste"),
        day("date_fin", "Dernier jour du poste", "Vide si aucun n’est fixé.", is_required=False),
    ),
    read=_read,
)
