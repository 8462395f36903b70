"""A picture as it may be kept for good: small, and with nothing in it but what is seen. Pure."""

from __future__ import annotations

import io

from PIL import Image, ImageChops

_FORMATS = ("GIF", "JPEG", "PNG", "WEBP")
_MOST_PIXELS = 25_000_000
"""A few kilobytes can tell of a picture that fills the memory: those are not even decoded."""


class NotAPicture(ValueError):
    """These bytes are no picture that can be read."""


def bounded_png(body: bytes, *, width: int, height: int) -> bytes:
    """The picture as PNG, without its empty margins and metadata, at most so many pixels.

    Margins count as empty where they are transparent, or of the colour of the first corner: logos
    are then shown at the same height to the eye. Raises NotAPicture, for one too large as well.
    """
    try:
        with Image.open(io.BytesIO(body), formats=_FORMATS) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise NotAPicture
            picture = _trimmed(opened.convert("RGBA"))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as refusal:
        raise NotAPicture from refusal
    picture.thumbnail((width, height), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def _trimmed(picture: Image.Image) -> Image.Image:
    """Nothing is cut from a picture of one colour."""
    paper = Image.new("RGBA", picture.size, picture.getpixel((0, 0)))
    seen = ImageChops.difference(picture, paper).getbbox(alpha_only=False)
    inked = picture.getbbox()
    box = seen if seen and inked else None
    # A new picture takes no metadata along.
    clean = Image.new("RGBA", picture.size)
    clean.paste(picture)
    return clean.crop(box) if box else clean
