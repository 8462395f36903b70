"""What the desk shows of the letter's pages: fields, their help, a new issue's first values."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from beffroi.newsletter.issues import rules


class IssueForm(WagtailAdminPageForm):
    """A new issue takes the next number, today's date and a title that says so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            last = type(self.instance).objects.aggregate(last=Max("number"))["last"]
            number = rules.next_number(last)
            self.initial["number"] = self.initial.get("number") or number
            self.initial["issued_on"] = self.initial.get("issued_on") or timezone.localdate()
            self.initial["title"] = self.initial.get("title") or rules.default_title(number)


NEWSLETTER = [
    FieldPanel("programme", help_text="Le programme dont cette lettre donne des nouvelles."),
    MultiFieldPanel(
        [
            FieldPanel("sender_name", help_text="Ce que lit le destinataire avant d’ouvrir."),
            FieldPanel(
                "sender_address",
                help_text="Une adresse du domaine pour lequel le relais signe les courriels.",
            ),
            FieldPanel("reply_to", help_text="Vide : les réponses vont à l’expéditeur."),
        ],
        heading="Expéditeur",
    ),
    MultiFieldPanel(
        [
            FieldPanel("publisher", help_text="Une ligne par nom ; imprimé au pied du courriel."),
            FieldPanel("postal_address", help_text="Obligatoire au pied de toute lettre."),
            FieldPanel("contact_address", help_text="Où écrire pour une question ou ses droits."),
            FieldPanel(
                "rights_notice",
                help_text=(
                    "Qui détient les adresses, pourquoi, combien de temps, "
                    "et comment exercer ses droits."
                ),
            ),
        ],
        heading="Pied de la lettre",
    ),
]

ISSUE = [
    FieldPanel(
        "title",
        classname="title",
        help_text="C’est aussi l’objet du courriel : dites ce que l’on y trouve.",
    ),
    FieldRowPanel(
        [
            FieldPanel("number", help_text="Chaque numéro ne sert qu’une fois."),
            FieldPanel("issued_on", help_text="Imprimée en tête de la lettre."),
            FieldPanel("scheduled_for"),
        ]
    ),
    FieldPanel("headline", help_text="Deux ou trois phrases : ce qu’il ne faut pas manquer."),
    FieldPanel(
        "body",
        help_text=(
            "Des rubriques dans l’ordre de lecture ; dans chacune, des brèves : un titre, "
            "un texte court, un lien."
        ),
    ),
]

ISSUE_PROMOTION = [
    FieldPanel(
        "search_description",
        help_text="Une phrase montrée dans l’archive et par les moteurs de recherche.",
    )
]
