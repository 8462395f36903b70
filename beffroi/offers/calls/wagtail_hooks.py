"""What this room adds to the desk."""

from __future__ import annotations

from beffroi.foundations.audit.wording import name_acts
from beffroi.foundations.desk.registration import register_on_desk

from .desk import BrownfieldViewSet, CallViewSet, EditionViewSet

name_acts(
    {
        "award_brownfields": "Lauréat enregistré",
        "record_call": "Appel enregistré",
        "open_edition": "Édition ouverte",
    }
)
for viewset in (BrownfieldViewSet, CallViewSet, EditionViewSet):
    register_on_desk(viewset)
