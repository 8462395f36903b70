"""A drawn picture of the month: a belfry over a small town at dusk, made on the spot."""

from __future__ import annotations

import io
from random import Random

from PIL import Image, ImageDraw

SIZE = (1600, 900)
ALTERNATIVE = (
    "Dessin : un beffroi et son horloge dominent les toits d’une petite ville, au crépuscule ; "
    "quelques fenêtres sont allumées."
)
CREDIT = "Dessin de démonstration / Beffroi"

_SKY = ((24, 32, 92), (246, 178, 107))
_WALLS = ((238, 224, 203), (221, 200, 170), (205, 182, 150), (230, 210, 190))
_ROOFS = ((120, 58, 46), (98, 48, 44), (70, 72, 92))
_LIT, _DARK = (255, 222, 130), (74, 66, 74)
_GROUND = 780
_SQUARE = range(640, 861)  # the place before the belfry stays free
_LIT_SHARE = 0.35


def draw_belfry() -> bytes:
    """The picture as PNG, the same bytes' worth of drawing each time."""
    image = Image.new("RGB", SIZE)
    pen = ImageDraw.Draw(image)
    _sky(pen)
    draw = Random(1302)  # noqa: S311 - a repeatable drawing
    for x in range(-40, SIZE[0], 150):
        if x not in _SQUARE:
            _house(pen, draw, x)
    _belfry(pen)
    pen.rectangle((0, _GROUND, *SIZE), fill=(58, 52, 64))
    output = io.BytesIO()
    image.save(output, "PNG", optimize=True)
    return output.getvalue()


def _sky(pen: ImageDraw.ImageDraw) -> None:
    top, bottom = _SKY
    for y in range(_GROUND):
        share = y / _GROUND
        colour = tuple(round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True))
        pen.line((0, y, SIZE[0], y), fill=colour)


def _house(pen: ImageDraw.ImageDraw, draw: Random, x: int) -> None:
    width, height = draw.randrange(130, 165), draw.randrange(150, 300)
    top = _GROUND - height
    pen.rectangle((x, top, x + width, _GROUND), fill=draw.choice(_WALLS))
    roof = [(x - 10, top), (x + width + 10, top), (x + width // 2, top - draw.randrange(60, 110))]
    pen.polygon(roof, fill=draw.choice(_ROOFS))
    for row in range(top + 30, _GROUND - 60, 70):
        for column in range(x + 22, x + width - 30, 48):
            light = _LIT if draw.random() < _LIT_SHARE else _DARK
            pen.rectangle((column, row, column + 22, row + 34), fill=light)


def _belfry(pen: ImageDraw.ImageDraw) -> None:
    left, right, top = 715, 885, 300
    pen.rectangle((left, top, right, _GROUND), fill=(214, 196, 168))
    pen.rectangle((left - 18, top - 24, right + 18, top + 10), fill=(176, 156, 128))
    pen.rectangle((left + 24, top - 150, right - 24, top - 24), fill=(196, 178, 150))
    pen.polygon(
        [(left + 6, top - 150), (right - 6, top - 150), (800, top - 270)], fill=(60, 66, 92)
    )
    pen.line((800, top - 270, 800, top - 300), fill=(230, 200, 90), width=6)
    for opening in (left + 40, right - 74):
        pen.pieslice((opening, top - 130, opening + 34, top - 70), 180, 360, fill=_DARK)
        pen.rectangle((opening, top - 100, opening + 34, top - 44), fill=_DARK)
    pen.ellipse((740, 350, 860, 470), fill=(252, 248, 236), outline=(60, 66, 92), width=8)
    pen.line((800, 410, 800, 368), fill=(40, 40, 60), width=8)
    pen.line((800, 410, 832, 428), fill=(40, 40, 60), width=8)
    for row in (520, 610):
        pen.rectangle((786, row, 814, row + 50), fill=_LIT)
    pen.pieslice((765, 690, 835, 760), 180, 360, fill=(60, 40, 40))
    pen.rectangle((765, 725, 835, _GROUND), fill=(60, 40, 40))
