"""What this room adds to the desk."""

from __future__ import annotations

from beffroi.foundations.audit.wording import name_acts, name_details
from beffroi.foundations.desk.registration import register_on_desk
from beffroi.foundations.territories.models import Town

from .desk import AgreementViewSet
from .models import Agreement, Amendment

name_acts(
    {
        "sign_agreement": "Convention signée",
        "sign_agreements": "Convention enregistrée",
        "amend_agreement": "Avenant enregistré",
        "correct_agreement": "Convention corrigée",
        "name_parties": "Signataires nommés",
        "end_agreement": "Fin de convention enregistrée",
        "attach_document": "Fichier joint",
    }
)
name_details(
    Agreement, {"town_ids": ("communes couvertes à la signature", Town), "parties": "signataires"}
)
name_details(
    Amendment,
    {
        "added_town_ids": ("communes ajoutées", Town),
        "removed_town_ids": ("communes retirées", Town),
    },
)
register_on_desk(AgreementViewSet)
