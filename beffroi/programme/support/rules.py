"""What identifies those who receive money. Pure."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[0-9]{9}|[0-9]{14}|W[0-9]{9}")


def is_beneficiary_number(text: str) -> bool:
    """True for a SIREN, a SIRET, or the number of an association in the national directory."""
    return bool(_NUMBER.fullmatch(text))
