"""One letter to one audience, frozen. Its counts are the ledger's, kept nowhere else."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ..rules import Letter, Sender


class Mailing(models.Model):
    """What two people approved, as it was when it opened.

    The database itself refuses a row without two different approvers of this very content.
    """

    class State(models.TextChoices):
        OPEN = "open", "ouvert"
        SENDING = "sending", "en cours"
        FINISHED = "finished", "terminé"
        STOPPED = "stopped", "arrêté"

    number = models.PositiveIntegerField("numéro", unique=True)
    subject = models.TextField("objet")
    html = models.TextField("version HTML")
    text = models.TextField("version texte")
    sender_name = models.TextField("nom de l’expéditeur", blank=True)
    sender_address = models.TextField("adresse de l’expéditeur")
    reply_to = models.TextField("adresse de réponse", blank=True)
    list_id = models.TextField("identifiant de la liste")
    unsubscribe_url = models.TextField("adresse de désinscription")
    audience = models.TextField("public")
    scheduled_for = models.DateTimeField("prévu pour")

    content_hash = models.CharField("empreinte du contenu", max_length=64)
    approved_by_first = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="première approbation",
    )
    approved_by_second = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="seconde approbation",
    )
    approved_hash_first = models.CharField("première empreinte approuvée", max_length=64)
    approved_hash_second = models.CharField("seconde empreinte approuvée", max_length=64)
    approved_at_first = models.DateTimeField("première approbation le")
    approved_at_second = models.DateTimeField("seconde approbation le")

    opened_at = models.DateTimeField("ouvert le")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ouvert par",
        help_text="Vide lorsque l’envoi vient de la ligne de commande ou d’une tâche.",
    )
    state = models.CharField("état", max_length=10, choices=State, default=State.OPEN)
    finished_at = models.DateTimeField("terminé le", null=True, blank=True)
    trouble = models.TextField("ce qui empêche l’envoi", blank=True)

    class Meta:
        verbose_name = "envoi"
        verbose_name_plural = "envois"
        ordering = ["-number"]
        # Mailings are made by an action and never corrected: there is nothing else to allow.
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(approved_by_first=F("approved_by_second")),
                name="delivery_mailing_two_approvers",
            ),
            models.CheckConstraint(
                condition=Q(approved_hash_first=F("content_hash"))
                & Q(approved_hash_second=F("content_hash")),
                name="delivery_mailing_approved_content",
            ),
            models.CheckConstraint(
                condition=Q(state="finished", finished_at__isnull=False)
                | (~Q(state="finished") & Q(finished_at__isnull=True)),
                name="delivery_mailing_finished_with_its_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"lettre {self.number}"

    @property
    def letter(self) -> Letter:
        """The letter as it was approved."""
        return Letter(
            subject=self.subject,
            html=self.html,
            text=self.text,
            sender=Sender(self.sender_name, self.sender_address, self.reply_to),
            list_id=self.list_id,
            unsubscribe_url=self.unsubscribe_url,
            audience=self.audience,
            scheduled_for=self.scheduled_for,
        )

    @property
    def is_running(self) -> bool:
        """True while somebody may still be waiting for their message."""
        return self.state in {self.State.OPEN, self.State.SENDING}

    def start(self) -> None:
        """Say that a worker is at it; a finished mailing stays finished."""
        if self.state != self.State.SENDING or self.trouble:
            self._move(self.State.SENDING, trouble="")

    def report_trouble(self, sentence: str) -> None:
        """Keep, for the desk, the one sentence that says what is wrong; empty when it is over."""
        if sentence != self.trouble:
            self._move(self.State.SENDING, trouble=sentence)

    def finish_if_settled(self, *, at: datetime) -> None:
        """Close the mailing once nobody waits any more."""
        if not self.rows.filter(outcome__in=("pending", "sending")).exists():
            self._move(self.State.FINISHED, finished_at=at, trouble="")

    def _move(self, state: str, **changes: object) -> None:
        running = Mailing.objects.filter(
            pk=self.pk, state__in=(self.State.OPEN, self.State.SENDING)
        )
        running.update(state=state, **changes)
        self.refresh_from_db(fields=["state", "finished_at", "trouble"])
