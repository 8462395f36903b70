"""Where a place stands on a map: one point, in degrees (WGS 84), as a file of centres gave it.

The official geography holds no coordinates: a place without a point is one that no file named.
"""

from __future__ import annotations

from django.db import models

from .communes import Town
from .groupings import Intercommunality


class Centre(models.Model):
    """A point: longitude then latitude."""

    longitude = models.FloatField("longitude (°)")
    latitude = models.FloatField("latitude (°)")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(longitude__gte=-180, longitude__lte=180)
                & models.Q(latitude__gte=-90, latitude__lte=90),
                name="%(app_label)s_%(class)s_on_earth",
            )
        ]

    def __str__(self) -> str:
        return f"{self.latitude}, {self.longitude}"


class TownCentre(Centre):
    """The chief place of a town."""

    town = models.OneToOneField(Town, on_delete=models.CASCADE, related_name="centre")

    class Meta(Centre.Meta):
        verbose_name = "chef-lieu de commune"
        verbose_name_plural = "chefs-lieux de commune"


class IntercommunalityCentre(Centre):
    """The centroid of an EPCI."""

    intercommunality = models.OneToOneField(
        Intercommunality, on_delete=models.CASCADE, related_name="centre"
    )

    class Meta(Centre.Meta):
        verbose_name = "centre d’intercommunalité"
        verbose_name_plural = "centres d’intercommunalité"
