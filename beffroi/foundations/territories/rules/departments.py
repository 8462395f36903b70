"""The départements that were cut up since 1943. Pure.

Source: loi n° 64-707 du 10 juillet 1964 (région parisienne, 1st January 1968) and loi n° 75-356 du
15 mai 1975 (Corse, 1st January 1976). No file of INSEE's dates them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from .editions import Stretch
from .lives import Span

_PARIS = date(1968, 1, 1)
_CORSICA = date(1976, 1, 1)
_BORN = dict.fromkeys(("91", "92", "93", "94", "95"), _PARIS) | dict.fromkeys(
    ("2A", "2B"), _CORSICA
)
_FORMER = {
    "75": Stretch("75", ("11", "Seine"), Span(None, _PARIS)),
    "78": Stretch("78", ("11", "Seine-et-Oise"), Span(None, _PARIS)),
    "20": Stretch("20", ("94", "Corse"), Span(None, _CORSICA)),
}
Described = Stretch[str, tuple[str, str]]


def with_former_departments(
    stretches: Iterable[Described], *, named: set[str]
) -> Iterator[Described]:
    """The stretches as they were before the laws, for the départements that towns are in."""
    yield from (former for code, former in _FORMER.items() if code in named)
    for stretch in stretches:
        former = _FORMER.get(stretch.key)
        since = former.span.end if former else _BORN.get(stretch.key)
        if since is None or stretch.span.start is not None or stretch.key not in named:
            yield stretch
        else:
            yield stretch._replace(span=Span(since, stretch.span.end))


# The geography lists each among départements and among régions, where they belong to neither.
OVERSEAS_COLLECTIVITIES = frozenset({"975", "977", "978", "984", "986", "987", "988", "989"})
