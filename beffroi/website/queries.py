"""What the site's pages read."""

from __future__ import annotations

from dataclasses import dataclass, field

from wagtail.models import Page

from beffroi.newsletter.issues.models import IssuePage

_HOME_DEPTH = 2


@dataclass
class Branch:
    """A published page and the published pages under it."""

    page: Page
    branches: list[Branch] = field(default_factory=list)


def latest_issue() -> IssuePage | None:
    """The published issue of the highest number."""
    issue: IssuePage | None = IssuePage.objects.live().public().order_by("-number").first()
    return issue


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
