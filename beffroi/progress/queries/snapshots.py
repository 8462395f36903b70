"""The frozen reports."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, QuerySet, When

from beffroi.programme.membership.models import Programme

from ..models import Snapshot


class UnknownSnapshot(LookupError):
    """No frozen report bears this reference."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(reference)


def list_snapshots() -> QuerySet[Snapshot]:
    """Every published report, newest first, the whole country before its parts, without content."""
    national_first = Case(When(territory="national", then=0), default=1)
    return (
        Snapshot.objects.published()
        .without_content()
        .order_by("-as_of", national_first, "territory", "-revision")
    )


def get_published(reference: str) -> Snapshot:
    """The published report of that reference. Raises UnknownSnapshot, for one that is not yet."""
    snapshot = get_snapshot(reference)
    if not snapshot.is_published:
        raise UnknownSnapshot(reference)
    return snapshot


def get_snapshot(reference: str) -> Snapshot:
    """The frozen report of that reference, published or not: the public is shown `get_published`.

    Raises UnknownSnapshot.
    """
    found = Snapshot.objects.without_rows().select_related("publication", "programme")
    try:
        return found.get(reference=reference)
    except Snapshot.DoesNotExist:
        raise UnknownSnapshot(reference) from None


def latest_snapshot(on: date | None = None, *, territory: str = "national") -> Snapshot | None:
    """The last published revision of the newest report of a territory, none later than `on`."""
    snapshots = Snapshot.objects.published().filter(territory=territory)
    if on is not None:
        snapshots = snapshots.filter(as_of__lte=on)
    return snapshots.order_by("-as_of", "-revision").first()


def last_revision(*, programme: Programme, as_of: date, territory: str) -> Snapshot | None:
    """The last revision of the report of that day in that territory, published or not."""
    same = Snapshot.objects.filter(programme=programme, as_of=as_of, territory=territory)
    return same.order_by("-revision").first()


def revised_by(snapshot: Snapshot) -> Snapshot | None:
    """The last published revision of the same report, where it came after this one."""
    return (
        Snapshot.objects.published()
        .without_content()
        .filter(
            programme=snapshot.programme_id,
            as_of=snapshot.as_of,
            territory=snapshot.territory,
            revision__gt=snapshot.revision,
        )
        .order_by("-revision")
        .first()
    )
