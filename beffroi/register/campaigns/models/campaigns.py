"""A campaign: for some weeks, each area is asked to confirm its towns' sheets."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models

from beffroi.programme.membership.models import Programme

from ..rules import CampaignState, campaign_state


class Campaign(models.Model):
    """What is asked, and when. Both `opens_on` and `closes_on` are days of the campaign."""

    title = models.CharField("intitulé", max_length=200)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="campaigns")
    opens_on = models.DateField("ouvre le")
    closes_on = models.DateField("dernier jour")
    note = models.TextField("consigne aux agents", blank=True)
    opened_at = models.DateTimeField("décidée le")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="décidée par",
    )
    closed_at = models.DateTimeField("close le", null=True, blank=True)

    class Meta:
        verbose_name = "campagne"
        verbose_name_plural = "campagnes"
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_on__lte=models.F("closes_on")),
                name="campaigns_days_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def state_on(self, day: date) -> CampaignState:
        """Planned, running or closed on a day."""
        return campaign_state(
            opens_on=self.opens_on, closes_on=self.closes_on, closed_at=self.closed_at, on=day
        )

    def is_running(self, day: date) -> bool:
        """Whether answers are taken that day."""
        return self.state_on(day) is CampaignState.RUNNING
