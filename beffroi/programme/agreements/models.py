"""Agreements of every kind and the towns they cover, as at signature."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.media.deeds import deed_storage
from beffroi.foundations.territories.models import Department, Intercommunality, Region, Town
from beffroi.programme.membership.models import Programme


class AgreementKind(models.TextChoices):
    """What was signed. The two security contracts are never summed."""

    ADHESION = "adhesion", "convention d’adhésion"
    FRAMEWORK = "framework", "convention-cadre"
    SECURITY = "security", "contrat de sécurité PVD"
    INTEGRATED_SECURITY = "integrated_security", "contrat de sécurité intégrée"


class Agreement(models.Model):
    """One signed document. `reference` is the number its signatories gave it, or one made from
    the town's lasting identity where the record gives none."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField("type", max_length=20, choices=AgreementKind)
    reference = models.CharField("numéro", max_length=60)
    signed_on = models.DateField("signée le", db_index=True)
    ended_on = models.DateField("prend fin le", null=True, blank=True)
    counts_as_ort = models.BooleanField("vaut ORT", default=False)
    intercommunality = models.ForeignKey(
        Intercommunality, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements"
    )

    class Meta:
        verbose_name = "convention"
        verbose_name_plural = "conventions"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "reference"], name="agreements_reference_once"
            ),
            models.CheckConstraint(
                condition=models.Q(counts_as_ort=False) | models.Q(kind="framework"),
                name="agreements_only_a_framework_counts_as_ort",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True)
                | models.Q(signed_on__lte=models.F("ended_on")),
                name="agreements_period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"


class Amendment(models.Model):
    """A signed change to an agreement, which may let towns in or out."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField("numéro")
    signed_on = models.DateField("signé le", db_index=True)
    purpose = models.TextField("objet", max_length=2000)

    class Meta:
        verbose_name = "avenant"
        verbose_name_plural = "avenants"
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="agreements_amendment_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gt=0), name="agreements_amendment_number_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, avenant {self.number}"


class Coverage(models.Model):
    """A town covered by an agreement: as at signature, unless an amendment let it in.

    It stops on the day an amendment lets it out; one that comes back has another row.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="coverages")
    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="coverages")
    added_by = models.ForeignKey(
        Amendment, on_delete=models.PROTECT, null=True, blank=True, related_name="added"
    )
    removed_by = models.ForeignKey(
        Amendment, on_delete=models.PROTECT, null=True, blank=True, related_name="removed"
    )

    class Meta:
        verbose_name = "commune couverte"
        verbose_name_plural = "communes couvertes"
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "town"],
                condition=models.Q(removed_by__isnull=True),
                name="agreements_town_covered_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(added_by__isnull=True)
                | models.Q(removed_by__isnull=True)
                | ~models.Q(added_by=models.F("removed_by")),
                name="agreements_amendment_lets_in_or_out",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} : {self.town}"


class Capacity(models.TextChoices):
    """In what capacity a party signs."""

    TOWN = "town", "maire de la commune"
    INTERCOMMUNALITY = "intercommunality", "président de l’intercommunalité"
    STATE = "state", "préfet, pour l’État"
    REGION = "region", "président du conseil régional"
    DEPARTMENT = "department", "président du conseil départemental"
    PARTNER = "partner", "organisation partenaire"


_PLACES = ("town", "intercommunality", "region", "department", "organisation")


def _names(*places: str) -> models.Q:
    """The party names these places and no other."""
    return models.Q(**{f"{place}__isnull": place not in places for place in _PLACES})


def _place(model: type[models.Model], label: str) -> Any:
    return models.ForeignKey(
        model,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )


class Party(models.Model):
    """Who signs an agreement, and on which day. Empty `signed_on`: has not signed yet.

    The State signs by the préfet of a département, or for the whole country where none is named.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    capacity = models.CharField("qualité", max_length=20, choices=Capacity)
    town = _place(Town, "commune")
    intercommunality = _place(Intercommunality, "intercommunalité")
    region = _place(Region, "région")
    department = _place(Department, "département")
    organisation = _place(Organisation, "organisation")
    signed_on = models.DateField("signée le", null=True, blank=True)

    class Meta:
        verbose_name = "signataire"
        verbose_name_plural = "signataires"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(capacity="town") & _names("town")
                | models.Q(capacity="intercommunality") & _names("intercommunality")
                | models.Q(capacity="state") & (_names() | _names("department"))
                | models.Q(capacity="region") & _names("region")
                | models.Q(capacity="department") & _names("department")
                | models.Q(capacity="partner") & _names("organisation"),
                name="agreements_party_is_who_its_capacity_says",
            ),
            # SQLite holds no index in which two empty places are equal.
            models.UniqueConstraint(
                "agreement",
                "capacity",
                *(Coalesce(place, 0) for place in _PLACES),
                name="agreements_party_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()} {self.place or ''}".strip()

    @property
    def place(self) -> models.Model | None:
        """The town, EPCI, région, département or organisation that signs."""
        rows = (getattr(self, place) for place in _PLACES)
        return next((row for row in rows if row is not None), None)


class AgreementDocument(models.Model):
    """A file kept with an agreement or one of its amendments; read on the desk alone."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="documents")
    amendment = models.ForeignKey(
        Amendment, on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    title = models.CharField("titre", max_length=200)
    file = models.FileField("fichier", storage=deed_storage, upload_to="conventions/%Y/")
    name = models.CharField("nom du fichier", max_length=120)
    size = models.PositiveIntegerField("taille (octets)")
    sha256 = models.CharField("empreinte", max_length=64)
    added_at = models.DateTimeField("ajouté le")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "sha256"], name="agreements_document_once")
        ]

    def __str__(self) -> str:
        return f"{self.agreement} : {self.title}"
