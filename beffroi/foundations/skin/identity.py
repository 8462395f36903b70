"""Who speaks on the site: one row edited at the desk, or these words until there is one."""

from __future__ import annotations

from dsfr.models import DsfrConfig

NAME = "Petites villes de demain"


def site_identity() -> DsfrConfig:
    """The site's title, tagline and brand, as edited, else as first written here."""
    return DsfrConfig.objects.first() or DsfrConfig(
        site_title=NAME,
        site_tagline="Le programme qui accompagne les communes de moins de 20\u202f000 habitants",
        footer_description=(
            "Petites villes de demain est un programme de l’Agence nationale de la cohésion "
            "des territoires (ANCT), au service des élus et des habitants des petites "
            "centralités."
        ),
    )
