"""Keep a signed file with an agreement or one of its amendments."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, as_new, record_changes
from beffroi.foundations.media.deeds import read_deed
from beffroi.programme.agreements.models import Agreement, AgreementDocument, Amendment


class DocumentExists(ValueError):
    """The same file is kept with this agreement."""

    def __init__(self, document: AgreementDocument) -> None:
        self.document = document
        super().__init__(f"Ce fichier est déjà joint\u00a0: «\u00a0{document.title}\u00a0».")


@transaction.atomic
def attach_document(
    *,
    agreement: Agreement,
    title: str,
    name: str,
    content: bytes,
    amendment: Amendment | None = None,
    by: Authorship,
) -> AgreementDocument:
    """Keep a PDF, ODT or DOCX file of 20 MB at most, under a safe name, read on the desk alone.

    Raises RefusedDeed of the media, DocumentExists.
    """
    deed = read_deed(name=name, content=content)
    row = Agreement.objects.select_for_update().get(pk=agreement.pk)
    known = row.documents.filter(sha256=deed.sha256).first()
    if known:
        raise DocumentExists(known)
    document = AgreementDocument(
        agreement=row,
        amendment=amendment,
        title=title.strip() or deed.name,
        name=deed.name,
        size=deed.size,
        sha256=deed.sha256,
        added_at=by.at,
        added_by=by.actor,
    )
    document.file.save(deed.name, ContentFile(deed.content), save=False)
    document.save()
    told = as_new(document, "agreement_id", "amendment_id", "title", "name", "size", "sha256")
    record_changes(verb="attach_document", rows=[(document, told)], by=by)
    return document
