"""Which writing of the API answers: a new one makes every kept answer old."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

VERSION = "1.0.0"


@cache
def writing() -> str:
    """A short name for the code that shapes the answers; it changes with any of its lines."""
    sources = sorted(Path(__file__).parent.rglob("*.py"))
    return sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
