"""Amounts in euros, exact to the cent. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]")
_AMOUNT = re.compile(r"-?\d+(?:[.,]\d{1,2})?")


def parse_amount(text: str) -> Decimal:
    """Read `21 667,00 €`, `21667.5` or `1 250 000` as euros, whatever the kind of space.

    Raises ValueError, worded in French, where the text is not one amount.
    """
    compact = _SPACES.sub("", text).removesuffix("€").removesuffix("EUR")
    if not _AMOUNT.fullmatch(compact):
        raise ValueError("montant illisible, attendu : 21 667,00 €")
    return Decimal(compact.replace(",", ".")).quantize(Decimal("0.01"))


def format_number(value: Decimal | int, *, decimals: int | None = None) -> str:
    """`2 310` or `99,6`: narrow no-break space between thousands, decimal comma."""
    text = f"{value:,}" if decimals is None else f"{value:,.{decimals}f}"
    return text.replace(",", "\u202f").replace(".", ",")


def format_amount(value: Decimal | int, *, decimals: int = 0) -> str:
    """`780 000 000 €`, with no-break spaces."""
    return f"{format_number(value, decimals=decimals)}\u00a0€"
