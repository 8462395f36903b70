"""Small files of movements, of the same form as INSEE's."""

from __future__ import annotations

from pathlib import Path

HEADER = (
    "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,"
    "TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP"
)


def movement(kind: int, day: str, before: str, after: str, types: str = "COM COM") -> str:
    """A line: `before` and `after` are `code name`, or empty; `types` as INSEE writes them."""
    old, _, old_name = before.partition(" ")
    new, _, new_name = after.partition(" ")
    first, last = types.split(" ")
    left = f"{first if old else ''},{old},0,{old_name.upper()},{old_name},{old_name}"
    right = f"{last if new else ''},{new},0,{new_name.upper()},{new_name},{new_name}"
    return f"{kind},{day},{left},{right}"


def write_movements(path: Path, *lines: str) -> Path:
    """The file of these lines."""
    path.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    return path
