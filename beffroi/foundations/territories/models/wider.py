"""Régions and départements."""

from __future__ import annotations

from django.db import models

from .periods import Dated


class Region(models.Model):
    """A région, known by its INSEE code (text: `01` is Guadeloupe)."""

    code = models.CharField("code INSEE", max_length=3, unique=True)

    class Meta:
        verbose_name = "région"
        verbose_name_plural = "régions"

    def __str__(self) -> str:
        return self.code


class RegionPeriod(Dated):
    """The name of a région during a period."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="periods")
    name = models.CharField("nom", max_length=100)

    class Meta(Dated.Meta):
        verbose_name = "période de région"
        verbose_name_plural = "périodes de région"

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A département or an overseas collectivity, known by its INSEE code (text: `2A`, `971`)."""

    code = models.CharField("code INSEE", max_length=3, unique=True)

    class Meta:
        verbose_name = "département"
        verbose_name_plural = "départements"

    def __str__(self) -> str:
        return self.code


class DepartmentPeriod(Dated):
    """The name and région of a département during a period."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="periods")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("nom", max_length=100)

    class Meta(Dated.Meta):
        verbose_name = "période de département"
        verbose_name_plural = "périodes de département"

    def __str__(self) -> str:
        return self.name
