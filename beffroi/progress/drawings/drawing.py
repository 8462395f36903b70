"""A drawing ready to be shown: SVG for pages and PDF, PNG for mail, words for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from io import BytesIO

import vl_convert
from PIL import Image

FONTS = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, QUIET, GRID, PAPER = "#1e1e1e", "#545454", "#dddddd", "#ffffff"
LINE, SOFT = "#1b4f9c", "#e6eef9"
TEXT_SIZE = 12
"""Pixels; nothing in a drawing is written smaller."""
NARROW = 480
"""Pixels: drawings narrower than this are set for a phone."""

TABLE = "Toutes les valeurs sont dans le tableau qui l’accompagne."

_COLOURS, _NEARLY_WHITE = 64, 252
_AVERAGE, _BOLDER = 0.56, 1.08


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing of one report, at one width.

    `name` is its place among the report's drawings, `title` and `alternative` French texts,
    `numbers` a short table of what matters most in it, `svg` a whole file, `width` and `height`
    pixels at the size of display.
    """

    name: str
    title: str
    alternative: str
    numbers: tuple[tuple[str, str], ...]
    svg: str
    width: int
    height: int

    @property
    def digest(self) -> str:
        """Twelve signs that stand for every byte of the drawing."""
        return sha256(self.svg.encode()).hexdigest()[:12]

    @property
    def summary(self) -> str:
        """The alternative, for a place that has no whole table beside the drawing."""
        return self.alternative.removesuffix(TABLE).rstrip()


@dataclass(frozen=True, slots=True)
class Texts:
    """The title of a drawing, its alternative, and its short table."""

    title: str
    alternative: str
    numbers: tuple[tuple[str, str], ...]


class NothingToDraw(LookupError):
    """The report holds nothing to make this drawing from."""


def finish(*, name: str, texts: Texts, marks: Iterable[str], size: tuple[int, int]) -> Drawing:
    """Close a drawing: its title and its alternative inside the file, on opaque paper."""
    title, alternative, (width, height) = texts.title, texts.alternative, size
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}"'
        f' width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' font-family="{FONTS}" font-size="{TEXT_SIZE}" fill="{INK}">'
        f"<title>{escape(title)}</title><desc>{escape(alternative)}</desc>"
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>{"".join(marks)}</svg>\n'
    )
    return Drawing(name, title, alternative, texts.numbers, svg, width, height)


def png(drawing: Drawing, *, scale: int = 2) -> bytes:
    """The drawing as a PNG picture, `scale` times its size of display, for sharp screens.

    It has few colours, and is kept in as few: about six times lighter. The fonts it is written with
    know no narrow no-break space: the wider one stands for it.
    """
    whole = vl_convert.svg_to_png(drawing.svg.replace("\u202f", "\u00a0"), scale=scale)
    written = BytesIO()
    with Image.open(BytesIO(whole)) as picture:
        few = picture.convert("RGB").quantize(
            _COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
        few.putpalette(_with_whole_white(few.getpalette() or []))
        few.save(written, "PNG", optimize=True)
    return written.getvalue()


def _with_whole_white(palette: list[int]) -> list[int]:
    """The colours as they are, but paper white again: the choice of colours dims it."""
    return [255 if part >= _NEARLY_WHITE else part for part in palette]


def mark(element: str, text: str | None = None, **attributes: float | str | None) -> str:
    """One SVG element: `mark("line", x1=0, stroke_width=2)`; what is None is left out."""
    written = "".join(
        f' {name.replace("_", "-")}="{number(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return (
        f"<{element}{written}/>"
        if text is None
        else f"<{element}{written}>{escape(text, quote=False)}</{element}>"
    )


def words(text: str, x: float, y: float, **attributes: float | str | None) -> str:
    """A line of text; `y` is its baseline."""
    return mark("text", text, x=x, y=y, **attributes)


def number(value: float | str) -> str:
    """A coordinate to the tenth of a pixel, without a useless zero."""
    return escape(value) if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def width_of(text: str, *, size: int = TEXT_SIZE, bold: bool = False) -> float:
    """About how wide a text is, in pixels, and rather more than less."""
    return len(text) * size * _AVERAGE * (_BOLDER if bold else 1)
