"""The links every page carries: the main menu and the foot of the page. Their only home."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """A label and the address, on this site, it leads to."""

    label: str
    path: str

    def current(self, path: str) -> str:
        """What `aria-current` says when the reader stands at `path`: page, true or nothing."""
        if path == self.path:
            return "page"
        return "true" if self.path != "/" and path.startswith(self.path) else ""


@dataclass(frozen=True)
class PlacedLink:
    """A link as seen from one page."""

    label: str
    path: str
    current: str


MAIN = (
    Link("Accueil", "/"),
    Link("La lettre", "/lettre/"),
    Link("Point d’avancement", "/point-d-avancement/"),
    Link("S’inscrire", "/inscription/"),
)

LEGAL = (
    Link("Plan du site", "/plan-du-site/"),
    Link("Accessibilité : non conforme", "/accessibilite/"),
    Link("Mentions légales", "/mentions-legales/"),
    Link("Données personnelles", "/donnees-personnelles/"),
)

SKIP = (
    {"label": "Contenu", "link": "#content"},
    {"label": "Menu", "link": "#fr-navigation"},
    {"label": "Pied de page", "link": "#footer"},
)


def placed(links: tuple[Link, ...], path: str) -> tuple[PlacedLink, ...]:
    """The links as seen from the page at `path`."""
    return tuple(PlacedLink(link.label, link.path, link.current(path)) for link in links)
