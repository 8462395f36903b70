"""What the site's pages read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.core.cache import cache
from django.urls import reverse
from wagtail.models import Page

from beffroi.newsletter.issues.models import IssuePage
from beffroi.progress.models import Snapshot
from beffroi.progress.queries import list_snapshots
from beffroi.progress.rules import format_figure, format_fraction

_HOME_DEPTH = 2
# The figures that the letter itself announces, in its order.
_KEY_FIGURES = ("adhesion_share", "framework_towns", "realised_share", "expertise_missions")


@dataclass(frozen=True)
class KeyFigure:
    """A frozen figure as the home page writes it; `path` leads to the rows behind it."""

    label: str
    value: str
    fraction: str
    path: str


@dataclass(frozen=True)
class Report:
    """The newest frozen report, in brief."""

    as_of: date
    path: str
    figures: tuple[KeyFigure, ...]


@dataclass
class Branch:
    """A published page and the published pages under it."""

    page: Page
    branches: list[Branch] = field(default_factory=list)


def latest_issue() -> IssuePage | None:
    """The published issue of the highest number."""
    issue: IssuePage | None = IssuePage.objects.live().public().order_by("-number").first()
    return issue


def latest_report() -> Report | None:
    """The newest point d'avancement of the whole country, or None before the first."""
    snapshot = list_snapshots().filter(territory="national").first()
    if snapshot is None:
        return None
    # A report holds every row behind its figures: too much to read for each visit of the home
    # page, and frozen, so that what was once read of it stays true.
    key = f"website-report-{snapshot.fingerprint}-{snapshot.reference}"
    report: Report | None = cache.get_or_set(key, lambda: _in_brief(snapshot), timeout=None)
    return report


def _in_brief(snapshot: Snapshot) -> Report:
    known = {figure.code: figure for figure in snapshot.figures if figure.value is not None}
    return Report(
        as_of=snapshot.as_of,
        path=snapshot.get_absolute_url(),
        figures=tuple(
            KeyFigure(
                label=known[code].label,
                value=format_figure(known[code]),
                fraction=format_fraction(known[code]),
                path=reverse("progress:figure", args=[snapshot.reference, code]),
            )
            for code in _KEY_FIGURES
            if code in known
        ),
    )


def site_tree(page: Page) -> list[Branch]:
    """The published and public pages of the site that holds `page`, below its home."""
    home = page.get_ancestors(inclusive=True).get(depth=_HOME_DEPTH)
    pages = home.get_descendants().live().public().order_by("path")
    by_path: dict[str, Branch] = {}
    top: list[Branch] = []
    for one in pages:
        branch = by_path[one.path] = Branch(one)
        above = by_path.get(one.path[: -Page.steplen])
        (above.branches if above else top).append(branch)
    return top
