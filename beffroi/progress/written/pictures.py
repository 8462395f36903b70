"""The drawings of a report as a page places them: one file for wide screens, one for phones."""

from __future__ import annotations

from dataclasses import dataclass

from ..addresses import Addresses
from ..drawings import PHONE, WIDE, Drawing, available
from ..drawings.lately import drawing_in
from ..drawings.subjects import BREAKDOWN, COURSE, MAP, PARTS
from ..report import Report

__all__ = ["BREAKDOWN", "COURSE", "MAP", "PARTS", "Picture", "Source", "show"]


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its address, empty where the page stands alone, and the drawing itself."""

    address: str
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing at both widths; its title and its alternative are those of the wide one."""

    wide: Source
    phone: Source

    @property
    def title(self) -> str:
        """What it shows, where and when."""
        return self.wide.drawing.title

    @property
    def alternative(self) -> str:
        """What those read who do not see it."""
        return self.wide.drawing.alternative


def show(
    report: Report, shape: str, code: str, *, addresses: Addresses | None, kind: str = ""
) -> Picture | None:
    """The drawing of that shape of a figure; None where the report has nothing to make it from."""
    for subject in available(report):
        if (subject.shape, subject.code, subject.kind) == (shape, code, kind):
            return Picture(
                _source(report, subject.name, WIDE, addresses),
                _source(report, subject.name, PHONE, addresses),
            )
    return None


def _source(report: Report, name: str, width: int, addresses: Addresses | None) -> Source:
    drawing = drawing_in(report, name, width=width)
    return Source(addresses.drawing(drawing) if addresses else "", drawing)
