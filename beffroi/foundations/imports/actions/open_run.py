"""Take the files that a person brings on the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.imports.models import ImportRun
from beffroi.foundations.imports.storage import keep_files


def open_run(*, actor: User, uploads: Sequence[UploadedFile[Any]], by: Authorship) -> ImportRun:
    """Keep the files, to be read next. Two files may not bear one name: the form sees to it."""
    with transaction.atomic():
        run = ImportRun.objects.create(
            files=[upload.name for upload in uploads],
            size=sum(upload.size or 0 for upload in uploads),
            created_at=by.at,
            created_by=actor,
            touched_at=by.at,
        )
        keep_files(run, uploads)
    return run
