"""What this room adds to the desk."""

from __future__ import annotations

from beffroi.foundations.audit.wording import name_acts
from beffroi.foundations.desk.registration import register_on_desk

from .desk import CommitmentViewSet, MissionViewSet, PlanViewSet

name_acts(
    {
        "record_commitment": "Engagement enregistré",
        "record_commitments": "Engagement enregistré",
        "advance_commitment": "État de l’engagement changé",
        "correct_commitment": "Engagement corrigé",
        "cancel_commitment": "Engagement annulé",
        "restore_commitment": "Engagement rétabli",
        "record_mission": "Mission enregistrée",
        "record_missions": "Mission enregistrée",
        "correct_mission": "Mission corrigée",
        "plan_commitment": "Prévision enregistrée",
        "plan_commitments": "Prévision enregistrée",
        "correct_plan": "Prévision corrigée",
    }
)
for viewset in (CommitmentViewSet, MissionViewSet, PlanViewSet):
    register_on_desk(viewset)
