"""One row of every model of the register about one town, made from the models themselves, so that
a new model is covered by the tests of the desk without being listed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Model

from beffroi.foundations.accounts.models import User
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.territories.models import (
    Department,
    Intercommunality,
    Region,
    Town,
    TownPeriod,
)
from beffroi.website.migrations._register_rights import REGISTER

# What the kinds of fields cannot say by themselves: columns that exclude each other.
EXCEPTIONS: dict[str, dict[str, Any]] = {
    "membership.projectmanagerpost": {"employer_intercommunality": None},
    "membership.postholder": {"erased_on": None},
    "agreements.agreement": {"counts_as_ort": False},
    "agreements.coverage": {"added_by": None, "removed_by": None},
    "agreements.party": {
        "intercommunality": None,
        "region": None,
        "department": None,
        "organisation": None,
    },
}
# Rows that every area shares: their names are no secret.
SHARED = {"membership.programme", "calls.call", "calls.edition"}
_DAY = date(2022, 1, 1)


class Sample:
    """Rows about one town. `word` is in every text and must never leak out of the town's area."""

    def __init__(self, *, town: Town, word: str, number: int) -> None:
        self.word, self.number = word, number
        department = TownPeriod.objects.get(town=town).department
        self.rows: dict[type[Model], Any] = {
            Town: town,
            Department: department,
            Region: Region.objects.get_or_create(code=f"R{number}")[0],
            Intercommunality: Intercommunality.objects.create(siren=f"20000000{number}"),
            Organisation: Organisation.objects.create(name=f"Fondation {number}", is_funder=True),
            User: User.objects.create_user(f"{word.lower()}@ailleurs.example"),
        }
        for model in register_models():
            self.row(model)

    def row(self, model: type[Model]) -> Any:
        """The row of this kind, made with those that it leans on."""
        if model not in self.rows:
            made = model(**self._values(model))
            self.rows[model] = made
            made.save()
        return self.rows[model]

    def _values(self, model: type[Model]) -> dict[str, Any]:
        told = EXCEPTIONS.get(model._meta.label_lower, {})
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        return {
            field.name: told[field.name] if field.name in told else self._value(field)
            for field in fields
        }

    def _value(self, field: Any) -> Any:
        if isinstance(field, models.ForeignKey):
            return self.row(field.related_model)
        if field.choices:
            return next(key for key, _ in field.flatchoices if key)
        if field.null and isinstance(field, models.DateField) and "end" in field.name:
            return None
        if isinstance(field, models.CharField | models.TextField | models.FileField):
            return self._text(field)
        plain: dict[type[Any], Any] = {
            models.DateTimeField: datetime(2022, 1, 1, tzinfo=UTC),
            models.DateField: _DAY,
            models.DecimalField: Decimal("12.00"),
            models.BooleanField: False,
            models.JSONField: {},
        }
        for kind, value in plain.items():
            if isinstance(field, kind):
                return value
        return self.number

    def _text(self, field: Any) -> str:
        if field.model._meta.label_lower in SHARED:
            return f"partage-{self.number}"
        if isinstance(field, models.EmailField):
            return f"{self.word.lower()}@mairie.example"
        return f"{self.word} {field.name}"[: field.max_length or 60]


def register_models() -> list[type[Model]]:
    """The models that the roles of the register name."""
    return [apps.get_model(app, name) for app, names in REGISTER.items() for name in names]
