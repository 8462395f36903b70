"""Which issue, what stands beside it, and the frozen figures it prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from beffroi.newsletter.issues.models import IssuePage
from beffroi.progress.drawings import PHONE, WIDE, Drawing, NothingToDraw
from beffroi.progress.drawings.kept import address_of, drawing_of
from beffroi.progress.models import Snapshot, UnknownFigure
from beffroi.progress.queries import UnknownSnapshot, get_published, get_snapshot
from beffroi.progress.rules import Figure, format_figure, format_fraction


class UnknownIssue(Exception):
    """No issue bears this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Aucun numéro {number} de la lettre n’existe.")
        self.number = number


@dataclass(frozen=True)
class FrozenFigure:
    """A figure of a frozen report, worded for readers; `path` opens the rows behind it."""

    label: str
    value: str
    detail: str
    path: str


@dataclass(frozen=True)
class FrozenFigures:
    """Figures of one snapshot, in the order asked for; `unknown_codes` are not in it.

    Of a snapshot that is not published, none: what the public may not read, no letter prints.
    """

    as_of: date
    figures: tuple[FrozenFigure, ...]
    unknown_codes: tuple[str, ...] = ()
    is_published: bool = True


def find_frozen_figures(reference: str, codes: Sequence[str]) -> FrozenFigures | None:
    """The figures of a frozen report, or None where no report bears this reference."""
    try:
        snapshot = get_snapshot(reference)
    except UnknownSnapshot:
        return None
    if not snapshot.is_published:
        return FrozenFigures(as_of=snapshot.as_of, figures=(), is_published=False)
    found = {code: figure for code in codes if (figure := _find_figure(snapshot, code))}
    return FrozenFigures(
        as_of=snapshot.as_of,
        figures=tuple(_word(snapshot, figure) for figure in found.values()),
        unknown_codes=tuple(code for code in codes if code not in found),
    )


@dataclass(frozen=True)
class FrozenDrawing:
    """A drawing of a frozen report: for mail one picture of phone width, for pages two files.

    Its paths bear a digest of what is drawn, so that the hash of a letter stands for it too.
    """

    phone: Drawing
    wide: Drawing
    picture_path: str
    phone_path: str
    wide_path: str
    report_path: str
    as_of: date

    @property
    def title(self) -> str:
        """What it shows, where and when."""
        return self.phone.title

    @property
    def alternative(self) -> str:
        """What it shows, for who does not see it."""
        return self.phone.summary

    @property
    def numbers(self) -> tuple[tuple[str, str], ...]:
        """The figures that are written beside it."""
        return self.phone.numbers


def find_drawing(reference: str, name: str) -> FrozenDrawing | None:
    """A drawing of a published report, or None where there is no such report or drawing."""
    try:
        snapshot = get_published(reference)
        phone, wide = (drawing_of(snapshot, name, width=width) for width in (PHONE, WIDE))
    except (UnknownSnapshot, NothingToDraw):
        return None
    return FrozenDrawing(
        phone=phone,
        wide=wide,
        picture_path=address_of(snapshot, phone, "png"),
        phone_path=address_of(snapshot, phone),
        wide_path=address_of(snapshot, wide),
        report_path=snapshot.get_absolute_url(),
        as_of=snapshot.as_of,
    )


def unpublished_reports(issue: IssuePage) -> tuple[str, ...]:
    """The references of the frozen reports that an issue names and the public cannot read yet."""
    named = {
        item.value.get("snapshot")
        for section in issue.body
        for item in section.value["items"]
        if item.value.get("snapshot")
    }
    hidden = Snapshot.objects.filter(reference__in=named, publication=None)
    return tuple(hidden.order_by("reference").values_list("reference", flat=True))


def _find_figure(snapshot: Snapshot, code: str) -> Figure | None:
    try:
        return snapshot.figure(code)
    except UnknownFigure:
        return None


def _word(snapshot: Snapshot, figure: Figure) -> FrozenFigure:
    return FrozenFigure(
        label=figure.label,
        value=format_figure(figure),
        detail=format_fraction(figure),
        path=reverse("progress:figure", args=[snapshot.reference, figure.code]),
    )


@dataclass(frozen=True)
class Neighbours:
    """The published issues on either side of one, by number."""

    previous: IssuePage | None
    next: IssuePage | None


def find_neighbours(issue: IssuePage) -> Neighbours:
    """The nearest published issues before and after."""
    live = IssuePage.objects.live().public()
    return Neighbours(
        previous=live.filter(number__lt=issue.number).order_by("-number").first(),
        next=live.filter(number__gt=issue.number).order_by("number").first(),
    )


def get_issue(number: int) -> IssuePage:
    """The issue of that number: as published, or the latest draft of one never published.

    Raises UnknownIssue.
    """
    issue: IssuePage | None = IssuePage.objects.filter(number=number).first()
    if issue is None:
        raise UnknownIssue(number)
    return issue if issue.live else issue.get_latest_revision_as_object()
