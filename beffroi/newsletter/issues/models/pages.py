"""A newsletter is a page whose children are its issues, in one sequence of numbers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from beffroi.newsletter.issues.blocks import PROSE, BodyField
from beffroi.programme.membership.models import Programme


class NewsletterPage(Page):
    """The letter itself: its sender, its legal mentions, and the archive of its issues."""

    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="newsletters",
        verbose_name="programme",
    )
    sender_name = models.CharField("nom de l'expéditeur", max_length=120)
    sender_address = models.EmailField("adresse de l'expéditeur")
    reply_to = models.EmailField("adresse de réponse", blank=True)
    contact_address = models.EmailField("adresse de contact", blank=True)
    publisher = models.TextField("éditeur", blank=True)
    postal_address = models.TextField("adresse postale", blank=True)
    rights_notice = RichTextField("mention des droits", features=PROSE, blank=True)

    subpage_types: ClassVar[list[str]] = ["issues.IssuePage"]

    class Meta:
        verbose_name = "lettre d'information"
        verbose_name_plural = "lettres d'information"


class IssuePage(Page):
    """One number of the letter. Its address is its number."""

    number = models.PositiveIntegerField("numéro", validators=[MinValueValidator(1)])
    issued_on = models.DateField("date du numéro")
    scheduled_for = models.DateTimeField(
        "envoi prévu le",
        null=True,
        blank=True,
        help_text="Nécessaire pour approuver le numéro ; le changer annule les approbations.",
    )
    headline = RichTextField("introduction", features=PROSE, blank=True)
    body = BodyField(blank=True, verbose_name="rubriques")

    parent_page_types: ClassVar[list[str]] = ["issues.NewsletterPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("headline"),
        index.SearchField("body"),
        index.FilterField("number"),
        index.FilterField("issued_on"),
    ]

    class Meta:
        verbose_name = "numéro de la lettre"
        verbose_name_plural = "numéros de la lettre"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["number"],
                name="issues_number_once",
                violation_error_message="Ce numéro existe déjà.",
            )
        ]

    @property
    def newsletter(self) -> NewsletterPage:
        """The letter this is a number of."""
        parent: NewsletterPage = self.get_parent().specific
        return parent

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """The address of an issue is its number, whatever its title."""
        self._name_address()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """The same for a draft."""
        self._name_address()
        super().minimal_clean()

    def clean(self) -> None:
        """Refuse a number already taken before anybody reads about its address."""
        taken = IssuePage.objects.filter(number=self.number).exclude(pk=self.pk)
        if self.number is not None and taken.exists():
            raise ValidationError({"number": f"Le numéro {self.number} existe déjà."})
        super().clean()

    def _name_address(self) -> None:
        if self.number is not None:
            self.slug = str(self.number)
