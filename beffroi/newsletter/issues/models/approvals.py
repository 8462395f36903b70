"""One person's yes to one hash. Whether it still holds is derived, never stored."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from beffroi.newsletter.issues.models.pages import IssuePage


class Approval(models.Model):
    """`approver` approved the letter whose content, audience, sender and date hash to this.

    `author` is who wrote the version approved; the database itself refuses that they be one.
    """

    issue = models.ForeignKey(
        IssuePage, on_delete=models.PROTECT, related_name="approvals", verbose_name="numéro"
    )
    content_hash = models.CharField("empreinte", max_length=64)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="approuvé par",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="dernière version par",
    )
    approved_at = models.DateTimeField("approuvé le")

    class Meta:
        verbose_name = "approbation"
        verbose_name_plural = "approbations"
        ordering = ["approved_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["issue", "content_hash", "approver"], name="issues_one_approval_each"
            ),
            models.CheckConstraint(
                condition=~models.Q(approver=models.F("author")) | models.Q(author__isnull=True),
                name="issues_approver_is_not_the_author",
            ),
        ]
        permissions = [
            ("approve_issue", "Peut approuver un numéro"),
            ("deliver_issue", "Peut envoyer un numéro approuvé"),
        ]

    def __str__(self) -> str:
        return f"{self.issue} : {self.approver}"
