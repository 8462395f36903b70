"""Words that calls are known by. Pure."""

from __future__ import annotations

BROWNFIELD_FUND = "fonds-friches"
