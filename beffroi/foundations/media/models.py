"""Images and documents that carry their credit, licence and, for images, a text alternative."""

from __future__ import annotations

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Licence(models.TextChoices):
    """Under which terms a picture or a document may be shown."""

    UNKNOWN = "", "À préciser"
    OPEN = "etalab-2.0", "Licence Ouverte 2.0"
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    PERMISSION = "permission", "Autorisation du titulaire des droits"


class CreditedImage(AbstractImage):
    """A picture; `description` (from Wagtail) is its text alternative."""

    credit = models.CharField("crédit", max_length=200, blank=True)
    licence = models.CharField("licence", max_length=20, choices=Licence, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        verbose_name_plural = "images"
        permissions = [("choose_image", "Peut choisir une image")]


class CreditedRendition(AbstractRendition):
    """A resized copy of a picture."""

    image = models.ForeignKey(CreditedImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class CreditedDocument(AbstractDocument):
    """A file offered for download."""

    credit = models.CharField("crédit", max_length=200, blank=True)
    licence = models.CharField("licence", max_length=20, choices=Licence, blank=True)

    admin_form_fields = (*Document.admin_form_fields, "credit", "licence")

    class Meta(AbstractDocument.Meta):
        verbose_name = "document"
        verbose_name_plural = "documents"
        permissions = [("choose_document", "Peut choisir un document")]
