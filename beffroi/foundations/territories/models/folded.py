"""A text kept beside another one, folded, so that both databases search it alike."""

from __future__ import annotations

from typing import Any

from django.db import models

from beffroi.foundations.folding import fold


class FoldedField(models.CharField[str, str]):
    """Another field's text without case, accents, spaces or punctuation, kept at each writing.

    It is a field of its own because SQLite and PostgreSQL fold differently, when they do.
    """

    def __init__(self, *args: Any, source: str = "", **options: Any) -> None:
        self.source = source
        options.setdefault("editable", False)
        options.setdefault("default", "")
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        """The source is part of the field."""
        name, path, arguments, options = super().deconstruct()
        return name, path, arguments, options | {"source": self.source}

    def pre_save(self, instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001
        """Fold the other field, in `save` as in `bulk_create`."""
        folded = fold(getattr(instance, self.source))[: self.max_length]
        setattr(instance, self.attname, folded)
        return folded
