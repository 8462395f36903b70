"""A newsletter is a page whose children are its issues, in one sequence of numbers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from beffroi.newsletter.issues import rules
from beffroi.newsletter.issues.blocks import PROSE, BodyField
from beffroi.newsletter.issues.models import panels
from beffroi.programme.membership.models import Programme

ISSUES_PER_PAGE = 24
_ONE_LINE = "Ce texte doit tenir sur une ligne, sans caractère de commande."
PREVIEW_TEMPLATES = {"mail": "issues/preview/mail.html", "text": "issues/preview/text.html"}


def _refuse_line_breaks(**fields: str) -> None:
    """These stand in the headers of every mail, where a line break would make the mail fail."""
    refused = {name: _ONE_LINE for name, text in fields.items() if not rules.is_one_line(text)}
    if refused:
        raise ValidationError(refused)


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
    sender_name = models.CharField("nom de l’expéditeur", max_length=120)
    sender_address = models.EmailField("adresse de l’expéditeur")
    reply_to = models.EmailField("adresse de réponse", blank=True)
    contact_address = models.EmailField("adresse de contact", blank=True)
    publisher = models.TextField("éditeur", blank=True)
    postal_address = models.TextField("adresse postale", blank=True)
    rights_notice = RichTextField("mention des droits", features=PROSE, blank=True)

    subpage_types: ClassVar[list[str]] = ["issues.IssuePage"]
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, *panels.NEWSLETTER]

    class Meta:
        verbose_name = "lettre d’information"
        verbose_name_plural = "lettres d’information"

    def minimal_clean(self) -> None:
        """Refuse, even in a draft, a sender that no mail could name."""
        _refuse_line_breaks(sender_name=self.sender_name)
        super().minimal_clean()

    def clean(self) -> None:
        """The same for a published letter."""
        _refuse_line_breaks(sender_name=self.sender_name)
        super().clean()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The archive: published issues, newest first, page by page."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        published = IssuePage.objects.child_of(self).live().public().order_by("-number")
        pages = Paginator(published, ISSUES_PER_PAGE)
        return context | {"issues": pages.get_page(request.GET.get("page"))}


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
    content_panels: ClassVar[list[Any]] = panels.ISSUE
    promote_panels: ClassVar[list[Any]] = panels.ISSUE_PROMOTION
    base_form_class = panels.IssueForm
    preview_modes: ClassVar[list[tuple[str, str]]] = [
        ("", "Page web"),
        ("mail", "Courriel"),
        ("text", "Texte"),
    ]
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

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """The page, the mail or its text part."""
        template: str = super().get_preview_template(request, mode_name)
        return PREVIEW_TEMPLATES.get(mode_name, template)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """The address of an issue is its number, whatever its title."""
        self._name_address()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """The same for a draft."""
        self._name_address()
        self._refuse_taken_number()
        _refuse_line_breaks(title=self.title)
        super().minimal_clean()

    def clean(self) -> None:
        """Refuse a number already taken before anybody reads about its address."""
        self._refuse_taken_number()
        _refuse_line_breaks(title=self.title)
        super().clean()

    def _refuse_taken_number(self) -> None:
        taken = IssuePage.objects.filter(number=self.number).exclude(pk=self.pk)
        if self.number is not None and taken.exists():
            raise ValidationError({"number": f"Le numéro {self.number} existe déjà."})

    def _name_address(self) -> None:
        if self.number is not None:
            self.slug = str(self.number)
