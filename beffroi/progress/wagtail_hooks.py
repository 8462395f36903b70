"""What the desk shows of this room."""

from __future__ import annotations

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from beffroi.foundations.audit.wording import name_acts

from .desk import FrozenPolicy, SnapshotViewSet
from .models import Snapshot

name_acts(
    {
        "freeze_snapshot": "Point d’avancement figé",
        "publish_snapshot": "Point d’avancement publié",
    }
)
register_permission_policy(Snapshot, FrozenPolicy(Snapshot))


@hooks.register("register_admin_viewset")
def snapshot_viewset() -> SnapshotViewSet:
    """Place the reports in the menu."""
    return SnapshotViewSet()
