"""The partners that a report names, and the pictures that it keeps of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.directory.queries import partners_of_the_programme
from beffroi.foundations.media.reencoding import NotAPicture, bounded_png

from ..models import FrozenPicture
from ..report import Partner, Report

LOGO_WIDTH, LOGO_HEIGHT = 320, 120


@dataclass(frozen=True, slots=True)
class Partners:
    """The partners of today, in the order of names, and their logos: PNG by SHA-256."""

    named: tuple[Partner, ...]
    pictures: Mapping[str, bytes]


def read_partners() -> Partners:
    """The partners as a report frozen now would show them; one whose logo cannot be read goes by
    name."""
    pictures: dict[str, bytes] = {}
    named = []
    for organisation in partners_of_the_programme():
        body = _logo(organisation)
        fingerprint = sha256(body).hexdigest() if body else ""
        named.append(Partner(organisation.name, fingerprint))
        if body:
            pictures[fingerprint] = body
    return Partners(tuple(named), pictures)


def logos_of(report: Report) -> dict[str, bytes]:
    """The frozen logos of the partners of a report, by fingerprint. At most one query."""
    wanted = [partner.logo for partner in report.partners if partner.logo]
    return pictures_of(wanted) if wanted else {}


def pictures_of(fingerprints: Iterable[str]) -> dict[str, bytes]:
    """Frozen pictures by fingerprint; what is not kept is left out."""
    rows = FrozenPicture.objects.filter(pk__in=list(fingerprints))
    return {fingerprint: bytes(body) for fingerprint, body in rows.values_list("pk", "body")}


def _logo(organisation: Organisation) -> bytes:
    if organisation.logo is None:
        return b""
    try:
        with organisation.logo.file.open("rb") as file:
            return bounded_png(file.read(), width=LOGO_WIDTH, height=LOGO_HEIGHT)
    except (NotAPicture, OSError):
        return b""
