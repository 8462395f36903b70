"""Those who bring files in."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from beffroi.foundations.accounts.models import User
from beffroi.foundations.imports.models import ImportRun
from tests.foundations.desk.people import department, desk_of, person, sent

RIGHTS = ("add_importrun", "view_refusedrow", "change_refusedrow")


def national(name: str = "nadia") -> User:
    """Everywhere."""
    return sent(person(name, *RIGHTS), None)


def of_the_ain(name: str = "agnes") -> User:
    """In the département 01."""
    return sent(person(name, *RIGHTS), department("01"))


def text_file(name: str, *lines: str) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, "\n".join(lines).encode(), "text/csv")


def bring(user: User, *files: SimpleUploadedFile) -> tuple[Client, ImportRun]:
    """Send files; the last import is theirs."""
    client = desk_of(user)
    response = client.post(reverse("imports_desk:runs"), {"fichiers": list(files)})
    assert response.status_code == 302, response.context["form"].errors
    return client, ImportRun.objects.latest("pk")


def decide(client: Client, run: ImportRun, scope: str = "toutes", agreed: str = "") -> Any:
    """Agree to the preview as it was shown."""
    form = {"apercu": agreed or run.agreed, "portee": scope}
    response = client.post(reverse("imports_desk:agree", args=[run.uid]), form, follow=True)
    run.refresh_from_db()
    return response
