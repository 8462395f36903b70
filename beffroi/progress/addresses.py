"""Where the pages of a report stand: a frozen one under its reference, any other under its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from urllib.parse import urlencode

from django.urls import reverse

from .drawings import Drawing
from .report import Report

NATIONAL = "national"


class Addresses(Protocol):
    """The addresses of one report and of what it opens onto."""

    @property
    def report(self) -> str:
        """The page of the whole report."""

    def figure(self, code: str) -> str:
        """The page of one figure, with its rows."""

    def rows(self, code: str, form: str) -> str:
        """The rows of one figure as a file: csv or json."""

    def part(self, territory: str) -> str:
        """The same day in a part of the territory."""

    def drawing(self, drawing: Drawing) -> str:
        """One of its drawings, as SVG."""


@dataclass(frozen=True, slots=True)
class LiveAddresses:
    """Of figures measured for the occasion: a day and a territory say them whole."""

    as_of: date
    territory: str

    @property
    def report(self) -> str:
        """The page of the whole report."""
        return self._asking("progress:explorer")

    def figure(self, code: str) -> str:
        """The page of one figure, with its rows."""
        return self._asking("progress:explored_figure", code)

    def rows(self, code: str, form: str) -> str:
        """The rows of one figure as a file: csv or json."""
        return self._asking(f"progress:explored_rows_{form}", code)

    def part(self, territory: str) -> str:
        """The same day in a part of the territory."""
        return LiveAddresses(self.as_of, territory).report

    def drawing(self, drawing: Drawing) -> str:
        """One of its drawings, as SVG."""
        return self._asking("progress:explored_drawing", drawing.name, str(drawing.width))

    def _asking(self, route: str, *args: str) -> str:
        asked = {"au": self.as_of.isoformat()}
        if self.territory != NATIONAL:
            asked["territoire"] = self.territory
        return f"{reverse(route, args=args)}?{urlencode(asked, safe=':')}"


@dataclass(frozen=True, slots=True)
class FrozenAddresses:
    """Of a frozen report; its parts are not frozen with it, and are measured when asked for."""

    reference: str
    as_of: date

    @property
    def report(self) -> str:
        """The page of the whole report."""
        return reverse("progress:snapshot", args=[self.reference])

    def figure(self, code: str) -> str:
        """The page of one figure, with its rows."""
        return reverse("progress:figure", args=[self.reference, code])

    def rows(self, code: str, form: str) -> str:
        """The rows of one figure as a file: csv or json."""
        route = "progress:rows" if form == "csv" else "progress:rows_json"
        return reverse(route, args=[self.reference, code])

    def part(self, territory: str) -> str:
        """The same day in a part of the territory."""
        return LiveAddresses(self.as_of, territory).report

    def drawing(self, drawing: Drawing) -> str:
        """One of its drawings, as SVG."""
        name = f"{drawing.name}-{drawing.width}"
        path = reverse("progress:drawing", args=[self.reference, name, "svg"])
        return f"{path}?v={drawing.digest}"


def addresses_of(report: Report) -> Addresses:
    """Where the pages of a report stand."""
    if report.reference:
        return FrozenAddresses(report.reference, report.as_of)
    return LiveAddresses(report.as_of, report.territory)
