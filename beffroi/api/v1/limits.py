"""How many demands a caller may make in a minute. Callers are counted, never kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

WINDOW_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a caller: `remaining` demands in the `reset` seconds to come."""

    limit: int
    used: int
    reset: int

    @property
    def remaining(self) -> int:
        """How many demands are left."""
        return max(0, self.limit - self.used)

    @property
    def is_spent(self) -> bool:
        """True when this demand is one too many."""
        return self.used > self.limit

    @property
    def headers(self) -> dict[str, str]:
        """As callers read it."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }


def count_demand(request: HttpRequest, *, at: float) -> Allowance:
    """Count one more demand of this caller at an instant, in seconds since the epoch.

    The counter bears the fingerprint of the address under the site's secret key, not the address,
    and lasts as long as its minute.
    """
    window, elapsed = divmod(int(at), WINDOW_SECONDS)
    caller = salted_hmac("beffroi.api.limits", address_of(request), algorithm="sha256").hexdigest()
    used = _count(f"{caller}-{window}")
    return Allowance(settings.BEFFROI_API_REQUESTS_PER_MINUTE, used, WINDOW_SECONDS - elapsed)


def address_of(request: HttpRequest) -> str:
    """Where a demand comes from; what the trusted proxy says, where there is one.

    A proxy adds the address it sees at the end: what stands before it was written by the caller.
    """
    if settings.BEFFROI_TRUSTED_PROXY:
        told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
        if told:
            return told
    return str(request.META.get("REMOTE_ADDR", ""))


def _count(key: str) -> int:
    counters = caches["limits"]
    counters.add(key, 0, WINDOW_SECONDS)
    try:
        return int(counters.incr(key))
    except ValueError:  # its minute ended in between
        return 1
