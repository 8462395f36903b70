"""Meetings of the Club: where the programme's people met, and how many came."""

from __future__ import annotations

from django.db import models

from beffroi.foundations.territories.models import Region, Town


class Meeting(models.Model):
    """One meeting, held or to come. Empty `participants`: nobody has been counted yet."""

    reference = models.CharField("identifiant", max_length=60, unique=True)
    title = models.CharField("titre", max_length=300)
    kind = models.CharField("type", max_length=100)
    held_on = models.DateField("date", db_index=True)
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name="région",
        help_text="Vide pour une rencontre nationale.",
    )
    participants = models.PositiveIntegerField("participants", null=True, blank=True)

    class Meta:
        verbose_name = "rencontre"
        verbose_name_plural = "rencontres"
        ordering = ["-held_on", "reference"]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """A town that came to a meeting. Empty `people`: it came, and nobody counted how many."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="attendances", verbose_name="rencontre"
    )
    town = models.ForeignKey(
        Town, on_delete=models.PROTECT, related_name="attendances", verbose_name="commune"
    )
    people = models.PositiveIntegerField("personnes", null=True, blank=True)

    class Meta:
        verbose_name = "présence"
        verbose_name_plural = "présences"
        ordering = ["-meeting__held_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "town"], name="events_town_came_once")
        ]

    def __str__(self) -> str:
        return f"{self.meeting} : {self.town}"
