"""A reader: an address and the dated facts its state derives from."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from ..rules import mail_address
from .suppressions import Suppression


class SubscriberState(models.TextChoices):
    """Where a subscription stands."""

    PENDING = "pending", "à confirmer"
    CONFIRMED = "confirmed", "confirmé"
    WITHDRAWN = "withdrawn", "désinscrit"


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """Subscribers by state; each method is the query of the property of the same meaning."""

    def confirmed(self) -> SubscriberQuerySet:
        """Those who consent today."""
        return self.filter(confirmed_at__isnull=False, withdrawn_at__isnull=True)

    def in_state(self, state: str) -> SubscriberQuerySet:
        """Those whose `state` is the given one."""
        if state == SubscriberState.CONFIRMED:
            return self.confirmed()
        others = self.filter(Q(confirmed_at__isnull=True) | Q(withdrawn_at__isnull=False))
        return others.filter(asked_at__isnull=state != SubscriberState.PENDING)

    def receiving(self) -> SubscriberQuerySet:
        """Those a letter goes to: they consent, and nothing forbids writing to them."""
        suppressed = Suppression.objects.filter(address_hash=OuterRef("address_hash"))
        return self.confirmed().filter(~Exists(suppressed))


class Subscriber(models.Model):
    """One address. `uid` is its public key: it stands in links, never the address itself."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.CharField("adresse", max_length=254)
    address_key = models.CharField("adresse normalisée", max_length=254, unique=True)
    address_hash = models.CharField(
        "empreinte",
        max_length=64,
        unique=True,
        help_text="La même que dans la liste des adresses retirées.",
    )
    asked_at = models.DateTimeField(
        "demande en cours",
        null=True,
        blank=True,
        help_text="Date de l’inscription qui attend sa confirmation.",
    )
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("désinscrit le", null=True, blank=True)
    reminded_at = models.DateTimeField("dernier rappel", null=True, blank=True, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = "abonné"
        verbose_name_plural = "abonnés"
        ordering = ["pk"]
        default_permissions = ("view",)
        permissions = [("withdraw_subscriber", "Peut désinscrire un abonné")]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_at__isnull=False)
                | Q(confirmed_at__isnull=False)
                | Q(withdrawn_at__isnull=False),
                name="audience_subscriber_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(address_key=Lower("address_key"), address_key__contains="@"),
                name="audience_address_key_normalised",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_confirmed(self) -> bool:
        """Whether this person consents today."""
        return self.confirmed_at is not None and self.withdrawn_at is None

    @property
    def state(self) -> SubscriberState:
        """Where the subscription stands, from its dates."""
        if self.is_confirmed:
            return SubscriberState.CONFIRMED
        return SubscriberState.WITHDRAWN if self.asked_at is None else SubscriberState.PENDING

    @property
    def mail_address(self) -> str:
        """The address a relay can carry."""
        return mail_address(email=self.email, address_key=self.address_key)

    def ask(self, *, at: datetime) -> None:
        """Open a request that waits for its confirmation; the former one is worth nothing."""
        self.asked_at = at
        self.save(update_fields=["asked_at"])

    def confirm(self, *, at: datetime) -> None:
        """Close the request as confirmed."""
        self.asked_at, self.confirmed_at, self.withdrawn_at = None, at, None
        self.save(update_fields=["asked_at", "confirmed_at", "withdrawn_at"])

    def withdraw(self, *, at: datetime) -> None:
        """Close everything, any open request included."""
        self.asked_at, self.withdrawn_at = None, at
        self.save(update_fields=["asked_at", "withdrawn_at"])

    def remind(self, *, at: datetime) -> None:
        """Note that the person was told today of being subscribed already."""
        self.reminded_at = at
        self.save(update_fields=["reminded_at"])
