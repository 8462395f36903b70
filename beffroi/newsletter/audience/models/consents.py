"""The ledger of consents: what each person agreed to or withdrew, when and through what."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q

from ..rules import wording
from .subscribers import Subscriber


class LedgerIsAppendOnly(Exception):
    """A row of the ledger is written once."""


class ConsentKind(models.TextChoices):
    """What a row of the ledger states."""

    ASKED = "asked", "inscription demandée"
    CONFIRMED = "confirmed", "inscription confirmée"
    WITHDRAWN = "withdrawn", "consentement retiré"
    IMPORTED = "imported", "reprise d’une liste"


class Channel(models.TextChoices):
    """Through what the act came."""

    WEB = "web", "page du site"
    MAIL_LINK = "mail_link", "lien d’un courriel"
    ONE_CLICK = "one_click", "désinscription en un clic"
    IMPORT = "import", "import"
    DESK = "desk", "bureau"


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Rows that can be added and read."""

    def update(self, **_kwargs: Any) -> NoReturn:
        """Refuse: raises LedgerIsAppendOnly."""
        raise LedgerIsAppendOnly

    def delete(self) -> NoReturn:
        """Refuse: raises LedgerIsAppendOnly."""
        raise LedgerIsAppendOnly


class Consent(models.Model):
    """One act. Neither the network address nor the browser is kept: neither is needed."""

    subscriber = models.ForeignKey(
        Subscriber,
        # The ledger leaves with the person: an erasure that kept it would erase nothing.
        on_delete=models.CASCADE,
        related_name="consents",
        verbose_name="abonné",
    )
    kind = models.CharField("acte", max_length=10, choices=ConsentKind)
    at = models.DateTimeField("date et heure")
    channel = models.CharField("moyen", max_length=10, choices=Channel)
    wording_version = models.CharField("version du texte accepté", max_length=20, blank=True)
    evidence = models.TextField("preuve", blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "consentement"
        verbose_name_plural = "consentements"
        ordering = ["at", "pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["subscriber", "kind", "at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ConsentKind.values), name="audience_consent_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="audience_consent_channel_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["asked", "confirmed"], wording_version=""),
                name="audience_consent_has_wording",
            ),
            models.CheckConstraint(
                condition=~Q(kind="imported", evidence=""),
                name="audience_import_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_channel_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; raises LedgerIsAppendOnly when it is there already."""
        if not self._state.adding:
            raise LedgerIsAppendOnly
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: raises LedgerIsAppendOnly. Rows leave only with their subscriber."""
        raise LedgerIsAppendOnly

    @property
    def wording(self) -> str:
        """The text agreed to, or nothing where the act agrees to none."""
        return wording(self.wording_version) if self.wording_version else ""
