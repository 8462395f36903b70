"""Stable addresses of the open data. On this site unless they say `full`."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.urls import reverse

from .declaration import Dataset
from .writing import Form


def file_path(dataset: Dataset, form: Form, *, as_of: date | None = None) -> str:
    """A file as it stands today, or its version of a day."""
    if as_of is None:
        return reverse("opendata:file", args=[dataset.code, form.value])
    return reverse("opendata:version", args=[dataset.code, as_of.isoformat(), form.value])


def page_path(dataset: Dataset) -> str:
    """The page that describes a dataset."""
    return reverse("opendata:dataset", args=[dataset.code])


def schema_path(dataset: Dataset) -> str:
    """The Table Schema of a dataset."""
    return reverse("opendata:schema", args=[dataset.code])


def full(path: str) -> str:
    """The address with the site's own name."""
    return f"{settings.BEFFROI_SITE_URL}{path}"
