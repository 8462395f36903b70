"""The links every page carries: the main menu and the foot of the page. Their only home."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """A label and the address, on this site, it leads to."""

    label: str
    path: str


@dataclass(frozen=True)
class PlacedLink:
    """A link as seen from one page; `current` is what its `aria-current` says there."""

    label: str
    path: str
    current: str


# The pages of towns: the lower floors link to them by a town's code, `/communes/22050/`.
TOWNS = "/communes/"
# What machines read, and the pages that describe it.
OPEN_DATA = "/donnees/"

MAIN = (
    Link("Accueil", "/"),
    Link("La lettre", "/lettre/"),
    Link("Point d’avancement", "/point-d-avancement/"),
    Link("Communes", TOWNS),
    Link("S’inscrire", "/lettre/inscription/"),
)

LEGAL = (
    Link("Plan du site", "/plan-du-site/"),
    Link("Données ouvertes", OPEN_DATA),
    Link("Accessibilité : non conforme", "/accessibilite/"),
    Link("Mentions légales", "/mentions-legales/"),
    Link("Données personnelles", "/donnees-personnelles/"),
)

SKIP = (
    {"label": "Contenu", "link": "#content"},
    {"label": "Menu", "link": "#fr-navigation"},
    {"label": "Pied de page", "link": "#footer"},
)


def placed(links: tuple[Link, ...], path: str) -> tuple[PlacedLink, ...]:
    """The links as seen from the page at `path`: the nearest one above it is marked."""
    above = [link.path for link in links if link.path != "/" and path.startswith(link.path)]
    nearest = max(above, key=len, default="")
    return tuple(PlacedLink(link.label, link.path, _mark(link, path, nearest)) for link in links)


def _mark(link: Link, path: str, nearest: str) -> str:
    if link.path == path:
        return "page"
    return "true" if link.path == nearest else ""
