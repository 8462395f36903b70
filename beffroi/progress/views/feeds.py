"""The published reports as a feed, for those who follow them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from ..models import Snapshot
from ..queries import list_snapshots

_ENTRIES = 30


class ReportFeed(Feed):  # type: ignore[type-arg]
    """The last published reports, each revision an entry of its own."""

    feed_type = Atom1Feed
    title = "Point d’avancement"
    subtitle = "Chaque point d’avancement publié, et chaque révision avec son motif."

    def link(self) -> str:
        """The list of reports."""
        return f"{settings.BEFFROI_SITE_URL}{reverse('progress:index')}"

    def feed_url(self) -> str:
        """The feed itself."""
        return f"{settings.BEFFROI_SITE_URL}{reverse('progress:feed')}"

    def items(self) -> list[Snapshot]:
        """The last published first."""
        published = list_snapshots().select_related("publication")
        return list(published.order_by("-publication__published_at", "-pk")[:_ENTRIES])

    def item_title(self, item: Snapshot) -> str:
        """`Au 23 septembre 2022, France entière`, and the revision where there is one."""
        revision = f", révision {item.revision}" if item.revision > 1 else ""
        return f"Au {item.day}, {item.territory_name}{revision}"

    def item_description(self, item: Snapshot) -> str:
        """Why it was revised, or what it is."""
        if item.reason:
            return f"Motif de la révision\u00a0: {item.reason}"
        return f"Les chiffres du programme au {item.day}, {item.territory_name}."

    def item_link(self, item: Snapshot) -> str:
        """The page of the report."""
        return f"{settings.BEFFROI_SITE_URL}{item.get_absolute_url()}"

    def item_guid(self, item: Snapshot) -> str:
        """The same for ever: a frozen report keeps its reference."""
        return self.item_link(item)

    def item_pubdate(self, item: Snapshot) -> datetime:
        """When the public could first read it."""
        return item.publication.published_at

    def item_updateddate(self, item: Snapshot) -> datetime:
        """Never after: another revision is another entry."""
        return item.publication.published_at
