"""The partners of the demonstration, each with its name for a logo: no real logo is imitated."""

from __future__ import annotations

import typst
from django.core.files.base import ContentFile
from django.utils import timezone

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.directory.actions import record_organisation
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.media.models import CreditedImage, Licence

PARTNERS = ("Ademe", "Anah", "Banque des Territoires", "Cerema")
CREDIT = "Nom composé pour la démonstration / Beffroi"
_LAYOUT = """
#set page(width: auto, height: auto, margin: 2pt, fill: none)
#set text(font: "Libertinus Serif", size: 30pt, weight: "bold", fill: rgb("#3a3a4f"))
#sys.inputs.name
"""


def open_partners(*, by: User) -> None:
    """Mark them as partners, once; a partner that has a logo keeps it."""
    signed = Authorship(at=timezone.now(), actor=by, reason="démonstration")
    for name in PARTNERS:
        organisation = Organisation.objects.filter(name=name).first() or Organisation(name=name)
        if organisation.is_partner:
            continue
        record_organisation(
            organisation=organisation,
            name=name,
            siren=organisation.siren,
            is_funder=organisation.is_funder,
            is_partner=True,
            logo=_logo(name, by),
            by=signed,
        )


def draw_name(name: str) -> bytes:
    """A name as a PNG picture."""
    return typst.compile(
        _LAYOUT.encode(), sys_inputs={"name": name}, format="png", ppi=144, ignore_system_fonts=True
    )


def _logo(name: str, by: User) -> CreditedImage:
    drawn: CreditedImage = CreditedImage.objects.create(
        title=f"Logo\u00a0: {name}",
        description=name,
        credit=CREDIT,
        licence=Licence.OPEN,
        file=ContentFile(draw_name(name), name=f"{name.lower().replace(' ', '-')}.png"),
        uploaded_by_user=by,
    )
    return drawn
