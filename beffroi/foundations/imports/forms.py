"""The forms of the desk: files to bring in, a row to correct, a row to abandon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from beffroi.foundations.imports.cells import CellRemark
from beffroi.foundations.imports.columns import Column
from beffroi.foundations.imports.declarations import FollowUpFile
from beffroi.foundations.imports.files import MAX_BYTES, SUFFIXES

_MOST_FILES = 20
_LONGEST_CELL = 2000
_MEGABYTE = 1024**2


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """One or several files; each is checked before anything is kept."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files; refuses by name what cannot be a follow-up file."""
        uploads = data if isinstance(data, (list, tuple)) else [data]
        files = [super(_FilesField, self).clean(upload, initial) for upload in uploads or [None]]
        faults = list(_faults(files))
        if faults:
            raise forms.ValidationError(faults)
        return files


def _faults(files: Sequence[UploadedFile[Any]]) -> Any:
    if len(files) > _MOST_FILES:
        yield f"{_MOST_FILES} fichiers au plus à la fois : faites-en deux reprises."
    names = [str(file.name).casefold() for file in files]
    for file in files:
        name = str(file.name)
        if not name.lower().endswith(tuple(SUFFIXES)):
            yield f"« {name} » : ce genre n’est pas lu. Enregistrez-le en CSV, XLSX ou ODS."
        elif (file.size or 0) > MAX_BYTES:
            yield f"« {name} » dépasse {MAX_BYTES // _MEGABYTE} Mo : partagez-le en deux."
        if names.count(name.casefold()) > 1:
            yield f"Deux fichiers s’appellent « {name} » : renommez l’un des deux."
            return


class UploadForm(forms.Form):
    """One or several follow-up files."""

    fichiers = _FilesField(
        label="Fichiers",
        widget=_ManyFiles(attrs={"accept": ",".join(sorted(SUFFIXES))}),
        help_text=(
            f"CSV, XLSX ou ODS, {MAX_BYTES // _MEGABYTE} Mo au plus chacun. Un fichier est reconnu "
            "à ses colonnes, quel que soit son nom."
        ),
        error_messages={"required": "Choisissez au moins un fichier."},
    )


class CorrectionForm(forms.Form):
    """A refused row: one field per column of its file, with what the file allows."""

    def __init__(
        self, typed: Any = None, *, declared: FollowUpFile[Any], cells: Mapping[str, str]
    ) -> None:
        super().__init__(typed, initial=dict(cells))
        for column in declared.described:
            self.fields[column.name] = _field(column, cells.get(column.name, ""))

    def place(self, faults: Sequence[CellRemark]) -> None:
        """Show each reason beside its cell; those of the whole row above."""
        for fault in faults:
            field = fault.column if fault.column in self.fields else None
            self.add_error(field, _sentence(fault.reason))

    @property
    def cells(self) -> dict[str, str]:
        """The cells as they are typed."""
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


def _field(column: Column, text: str) -> forms.Field:
    label = f"{column.label} ({column.name})"
    values = list(column.values()) if column.is_closed else []
    if not values:
        return forms.CharField(
            label=label, required=False, max_length=_LONGEST_CELL, help_text=column.help
        )
    unknown = [] if not text or text in values else [(text, f"{text} (valeur reçue)")]
    empty = [("", "(vide)")] if not column.is_required or not text else []
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[*empty, *unknown, *((value, value) for value in values)],
        help_text=column.help,
    )


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}."


class AbandonForm(forms.Form):
    """Why a row will not come in."""

    reason = forms.CharField(
        label="Motif",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Dites en un mot pourquoi cette ligne n’est pas reprise."},
    )
