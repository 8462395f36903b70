"""The drawings of frozen reports, kept in memory once drawn, and their addresses.

A frozen report never changes, so neither do its drawings. An address bears the digest of the
drawing: should a later version of the product draw otherwise, the address changes with it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from django.urls import reverse

from ..models import Snapshot
from .drawing import Drawing, png
from .subjects import draw

_Made = TypeVar("_Made")
FORMS = ("svg", "png")


class _Kept(Generic[_Made]):
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


_DRAWINGS: _Kept[Drawing] = _Kept(96)
_PICTURES: _Kept[bytes] = _Kept(32)


def drawing_of(snapshot: Snapshot, name: str, *, width: int) -> Drawing:
    """A drawing of a frozen report. Raises NothingToDraw for what is not on its lists."""
    key = (snapshot.reference, snapshot.fingerprint, name, width)
    return _DRAWINGS.get(key, lambda: draw(snapshot.report, name, width=width))


def picture_of(drawing: Drawing) -> bytes:
    """The drawing as PNG, twice its size of display."""
    return _PICTURES.get((drawing.name, drawing.width, drawing.digest), lambda: png(drawing))


def address_of(snapshot: Snapshot, drawing: Drawing, form: str = "svg") -> str:
    """Where the drawing is read, as `svg` or `png`: `…/dessins/carte-ort_towns-340.png?v=…`."""
    name = f"{drawing.name}-{drawing.width}"
    path = reverse("progress:drawing", args=[snapshot.reference, name, form])
    return f"{path}?v={drawing.digest}"
