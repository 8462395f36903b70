"""A mail to somebody who has an account, as a ledger keeps it: claimed, then sent, at most once."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models


class Notice(models.Model):
    """The ledger row of one mail. Rooms add what the mail is about, and what may come once.

    A row is claimed just before its mail is handed to the relay. Killed in between, it stays
    claimed and unsent: nobody can tell whether it left, so that it is never sent again.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="destinataire",
    )
    written_at = models.DateTimeField("inscrit le")
    claimed_at = models.DateTimeField("pris en charge le", null=True, blank=True)
    sent_at = models.DateTimeField("accepté le", null=True, blank=True)

    class Meta:
        abstract = True

    def claim(self, at: datetime) -> bool:
        """Take the row for sending; False when another worker has it, or it was sent."""
        rows = type(self)._default_manager.filter(pk=self.pk, claimed_at__isnull=True)  # noqa: SLF001
        return rows.update(claimed_at=at) == 1

    def release(self) -> None:
        """Give the row back: the relay did not take the mail."""
        type(self)._default_manager.filter(pk=self.pk).update(claimed_at=None)  # noqa: SLF001

    def settle(self, at: datetime) -> None:
        """The relay took the mail."""
        type(self)._default_manager.filter(pk=self.pk).update(sent_at=at)  # noqa: SLF001
