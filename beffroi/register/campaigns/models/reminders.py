"""The ledger of the mails that campaigns sent: who, when, and never what they read."""

from __future__ import annotations

from django.db import models

from beffroi.foundations.notices.models import Notice

from ..rules import Stage
from .campaigns import Campaign

_STAGES = {
    Stage.OPENING: "ouverture",
    Stage.FIRST: "premier rappel",
    Stage.LAST: "dernier rappel",
    Stage.ON_DEMAND: "relance",
}


class CampaignReminder(Notice):
    """One mail to one person; `area` says of which area, as its codes (`22,29` or `France`)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="reminders")
    stage = models.CharField(
        "motif", max_length=10, choices=[(str(stage), label) for stage, label in _STAGES.items()]
    )
    written_on = models.DateField("jour")
    area = models.CharField("périmètre", max_length=500)
    remaining = models.PositiveIntegerField("communes restantes")

    class Meta:
        verbose_name = "rappel de campagne"
        verbose_name_plural = "rappels de campagne"
        ordering = ["-written_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "written_on"], name="campaigns_one_reminder_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign}\u00a0: {self.get_stage_display()} du {self.written_on}"
