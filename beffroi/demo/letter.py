"""The demonstration’s letter: every kind of item, figures from the snapshot, all of it made up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from beffroi.foundations.dates import format_date

INTRODUCTION = (
    "<p><b>Ce numéro est une démonstration.</b> Les communes sont réelles ; les conventions, les "
    "montants, les rendez-vous et les personnes sont inventés. Rien de ce qui suit ne décrit ce "
    "qui s’y passe.</p>"
    "<p>Ce mois-ci, découvrez le point d’avancement calculé le jour même sur le registre, un "
    "appel à projets et l’image du mois.</p>"
)


def _item(kind: str, **value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value}


def _section(title: str, *items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "section", "value": {"title": title, "items": list(items)}}


def letter_body(
    *, today: date, reference: str, progress_url: str, image_id: int
) -> list[dict[str, Any]]:
    """The sections of the made-up issue, as StreamField data; `reference` is the frozen report."""
    return [
        _section("L’actu", *_news(today, reference, progress_url)),
        _section("Le Club", *_club(today)),
        _section("L’offre de services", *_offers(today)),
        _section("Les ressources utiles", *_resources()),
        _section("L’image du mois", _picture(image_id)),
        _section("Voir aussi", *_see_also()),
        _section("L’ours", _colophon()),
    ]


def _news(today: date, reference: str, progress_url: str) -> list[dict[str, Any]]:
    link = {"label": "Ouvrir chaque chiffre", "url": progress_url}
    return [
        _item(
            "article",
            title="Les places de marché retrouvent leurs bancs",
            text="<p>Douze communes ont rendu leur place aux piétons le temps d’un été. Les "
            "habitants ont voté, les commerçants ont témoigné : dix d’entre elles garderont "
            "l’aménagement toute l’année.</p>",
            link={"label": "Lire l’article", "url": "/lettre/"},
        ),
        _item(
            "key_figure",
            snapshot=reference,
            indicator="security_towns",
            text=f"<p>communes engagées dans un contrat de sécurité, au {format_date(today)}.</p>",
            link=link,
        ),
        _item(
            "progress",
            title="Le point d’avancement est disponible",
            text="<p>Chaque chiffre vient d’un point figé : sa définition, son dénominateur et les "
            "lignes qui le composent s’ouvrent d’un clic.</p>",
            snapshot=reference,
            indicators=[
                "adhesion_share",
                "framework_towns",
                "realised_share",
                "expertise_missions",
                "brownfield_towns",
            ],
            link=link,
        ),
        _item(
            "drawing",
            title="La courbe des conventions-cadres",
            text="",
            snapshot=reference,
            drawing="evolution-framework_towns",
        ),
    ]


def _club(today: date) -> list[dict[str, Any]]:
    return [
        _item(
            "event",
            title="Rencontre en ligne : faire vivre un rez-de-chaussée commercial",
            text="<p>Trois chefs de projet racontent comment ils ont rempli des vitrines vides, "
            "et ce qu’ils ne referaient pas.</p>",
            starts_on=(today + timedelta(days=24)).isoformat(),
            place="En ligne",
            link={"label": "Écrire pour s’inscrire", "url": "mailto:club@beffroi.example"},
        ),
        _item(
            "event",
            title="Replay : lire un diagnostic d’habitat en une heure",
            text="<p>Les fiches, la transcription et les réponses aux vingt questions posées en "
            "séance.</p>",
            link={"label": "Voir ou revoir la séance", "url": "/lettre/"},
        ),
    ]


def _offers(today: date) -> list[dict[str, Any]]:
    return [
        _item(
            "call",
            title="Appel à projets : une friche, une idée",
            text="<p>Proposez un site de moins d’un hectare : une équipe d’architectes et de "
            "paysagistes y passera trois jours avec vous. Les communes voisines peuvent candidater "
            "ensemble.</p>",
            closes_on=(today + timedelta(days=45)).isoformat(),
            link={"label": "Proposer un site", "url": "mailto:friches@beffroi.example"},
        ),
    ]


def _resources() -> list[dict[str, Any]]:
    return [
        _item(
            "resource",
            title="Ouvrir un lieu entre générations : le pas-à-pas",
            text="<p>Du premier café partagé à la convention d’occupation : calendrier, budget et "
            "modèles de documents.</p>"
            "<ul><li>un calendrier type sur neuf mois ;</li>"
            "<li>un budget pour 120 m<sup>2</sup> ;</li>"
            "<li>trois modèles de convention.</li></ul>",
            link={"label": "Consulter la fiche", "url": "/lettre/"},
        ),
    ]


def _picture(image_id: int) -> dict[str, Any]:
    return _item(
        "picture",
        title="Le beffroi s’allume",
        text="<p>Un dessin pour le mois : quand la place est vivante, l’heure y compte moins.</p>",
        image=image_id,
    )


def _see_also() -> list[dict[str, Any]]:
    return [
        _item(
            "see_also",
            title="Vos retours font la lettre",
            text="<p>Une correction, une idée, un projet à montrer ? Répondez simplement à ce "
            "courriel.</p>",
            link={"label": "Écrire à la rédaction", "url": "mailto:lettre@beffroi.example"},
        ),
        _item(
            "text",
            title="Les numéros passés",
            text='<p>Ils sont tous dans <a href="/lettre/">les archives de la lettre</a>.</p>',
        ),
    ]


def _colophon() -> dict[str, Any]:
    return _item(
        "colophon",
        lines=[
            {"role": "Directrice de publication", "names": "Claire Démonstration"},
            {"role": "Rédaction", "names": "Élodie Exemple"},
            {"role": "Crédits", "names": "Dessin de démonstration / Beffroi"},
        ],
        text="<p>Noms inventés.</p>",
    )
