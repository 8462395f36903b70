"""What was drawn lately, kept in memory. Pure: it knows reports, not models nor addresses."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from ..report import Report
from .drawing import Drawing
from .subjects import draw

_Made = TypeVar("_Made")


class Kept(Generic[_Made]):
    """The last things made, the oldest forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[tuple[object, ...], _Made] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[object, ...], make: Callable[[], _Made]) -> _Made:
        """What was made under this key, else what `make` makes now."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = make()
        with self._lock:
            self._made[key] = made
            while len(self._made) > self._most:
                self._made.popitem(last=False)
        return made


DRAWINGS: Kept[Drawing] = Kept(96)


def drawing_in(report: Report, name: str, *, width: int) -> Drawing:
    """A drawing of a report: kept where it is frozen, drawn anew where it is not."""
    if not report.fingerprint:
        return draw(report, name, width=width)
    key = (report.reference, report.fingerprint, name, width)
    return DRAWINGS.get(key, lambda: draw(report, name, width=width))
