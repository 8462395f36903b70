"""The drawings of frozen reports, kept in memory once drawn, and their addresses.

A frozen report never changes, so neither do its drawings. An address bears the digest of the
drawing: should a later version of the product draw otherwise, the address changes with it.
"""

from __future__ import annotations

from django.urls import reverse

from ..models import Snapshot
from .drawing import Drawing, png
from .lately import DRAWINGS, Kept
from .subjects import draw

FORMS = ("svg", "png")
_PICTURES: Kept[bytes] = Kept(32)


def drawing_of(snapshot: Snapshot, name: str, *, width: int) -> Drawing:
    """A drawing of a frozen report. Raises NothingToDraw for what is not on its lists."""
    key = (snapshot.reference, snapshot.fingerprint, name, width)
    return DRAWINGS.get(key, lambda: draw(snapshot.report, name, width=width))


def picture_of(drawing: Drawing) -> bytes:
    """The drawing as PNG, twice its size of display."""
    return _PICTURES.get((drawing.name, drawing.width, drawing.digest), lambda: png(drawing))


def address_of(snapshot: Snapshot, drawing: Drawing, form: str = "svg") -> str:
    """Where the drawing is read, as `svg` or `png`: `…/dessins/carte-ort_towns-340.png?v=…`."""
    name = f"{drawing.name}-{drawing.width}"
    path = reverse("progress:drawing", args=[snapshot.reference, name, form])
    return f"{path}?v={drawing.digest}"
