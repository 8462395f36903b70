"""What an issue is made of: sections, and in each of them items, in the order of reading.

The names of the blocks and of their parts are a contract with whatever writes issues.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

from beffroi.foundations.dates import format_date
from beffroi.newsletter.issues import rules
from beffroi.progress import drawings
from beffroi.progress.indicators import INDICATORS
from beffroi.progress.queries import UnknownSnapshot, get_published, list_snapshots

PROSE = ["bold", "italic", "link", "ol", "ul", "superscript"]


INDICATOR_CHOICES = [(indicator.code, indicator.label) for indicator in INDICATORS]
DRAWING_CHOICES = drawings.choices(INDICATORS)


def prose(*, required: bool = True, label: str = "Texte") -> blocks.RichTextBlock:
    """A text with the few marks that every mail reader shows; headings come from titles."""
    return blocks.RichTextBlock(features=PROSE, required=required, label=label)


def title(*, required: bool = True) -> blocks.CharBlock:
    """An item's own heading."""
    return blocks.CharBlock(required=required, max_length=300, label="Titre")


def picture(*, required: bool = False) -> ImageChooserBlock:
    """A picture of the library, which carries its credit, licence and text alternative."""
    return ImageChooserBlock(
        required=required,
        label="Image",
        help_text=(
            "Renseignez dans la médiathèque sa description (lue à qui ne la voit pas), "
            "son crédit et sa licence."
        ),
    )


def snapshot_choices() -> list[tuple[str, str]]:
    """The published reports an item may take its figures from, newest first."""
    return [
        (
            snapshot.reference,
            f"{format_date(snapshot.as_of)}, {snapshot.territory_name} ({snapshot.reference})",
        )
        for snapshot in list_snapshots()
    ]


def frozen_report(*, required: bool = False) -> blocks.ChoiceBlock:
    """The frozen report that an item takes its figures from."""
    return blocks.ChoiceBlock(
        choices=snapshot_choices,
        required=required,
        label="Point d’avancement figé",
        help_text="Les chiffres de la lettre en viennent : ils ne changent plus une fois parus.",
    )


def _drawings_of(reference: str) -> set[str]:
    try:
        report = get_published(reference).report
    except UnknownSnapshot:
        return set()
    return {subject.name for subject in drawings.available(report)}


class LinkBlock(blocks.StructBlock):
    """Where to go on reading; `#` stands for an address that is known to be missing."""

    label = blocks.CharBlock(required=False, max_length=200, label="Libellé du lien")
    url = blocks.CharBlock(
        required=False,
        max_length=2000,
        label="Adresse",
        help_text=(
            "https://…, mailto:…, ou une adresse du site commençant par « / ». "
            "Un « # » signale une adresse encore inconnue : le lien ne sera pas actif."
        ),
    )

    def clean(self, value: Any) -> Any:
        """Refuse an address that no reader could follow, and an address without its label."""
        cleaned = super().clean(value)
        errors = {}
        if cleaned["url"] and not rules.is_link_address(cleaned["url"]):
            errors["url"] = ValidationError(
                "Adresse refusée : attendu https://…, mailto:…, /chemin ou #."
            )
        if cleaned["url"] and not cleaned["label"]:
            errors["label"] = ValidationError("Donnez un libellé à ce lien.")
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        icon = "link"
        label = "Lien"
        required = False


class ArticleBlock(blocks.StructBlock):
    """A news item that announces a longer read."""

    title = title()
    text = prose()
    image = picture()
    link = LinkBlock()

    class Meta:
        icon = "doc-full"
        label = "Article"


class KeyFigureBlock(blocks.StructBlock):
    """One figure in large type: taken from a frozen report, or typed where it is none of ours."""

    snapshot = frozen_report()
    indicator = blocks.ChoiceBlock(choices=INDICATOR_CHOICES, required=False, label="Indicateur")
    value = blocks.CharBlock(
        required=False,
        max_length=40,
        label="Ou un chiffre d’une autre source",
        help_text="Par exemple : 117. Laissez vide si le chiffre vient d’un point figé.",
    )
    text = prose()
    link = LinkBlock()

    def clean(self, value: Any) -> Any:
        """Ask for one source: a report with its indicator, or a typed figure."""
        cleaned = super().clean(value)
        errors = {}
        if bool(cleaned["snapshot"]) != bool(cleaned["indicator"]):
            missing = "indicator" if cleaned["snapshot"] else "snapshot"
            errors[missing] = ValidationError("Choisissez un point figé et un indicateur.")
        elif bool(cleaned["snapshot"]) == bool(cleaned["value"]):
            errors["value"] = ValidationError(
                "Prenez le chiffre d’un point figé ou écrivez-le ici : l’un des deux."
            )
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        icon = "form"
        label = "Chiffre clé"


class ProgressBlock(blocks.StructBlock):
    """Figures of a frozen point d'avancement, never typed by hand."""

    title = title()
    text = prose(required=False)
    snapshot = frozen_report()
    indicators = blocks.ListBlock(
        blocks.ChoiceBlock(choices=INDICATOR_CHOICES, label="Chiffre clé"),
        default=[],
        label="Chiffres à montrer",
    )
    link = LinkBlock()

    class Meta:
        icon = "table"
        label = "Point d’avancement"


class DrawingBlock(blocks.StructBlock):
    """A course, a map or bars of a frozen point d'avancement, with their figures in words."""

    title = title(required=False)
    text = prose(required=False)
    snapshot = frozen_report(required=True)
    drawing = blocks.ChoiceBlock(choices=DRAWING_CHOICES, label="Graphique")
    link = LinkBlock()

    def clean(self, value: Any) -> Any:
        """Refuse a drawing that the report has nothing to make it from."""
        cleaned = super().clean(value)
        if cleaned["drawing"] not in _drawings_of(cleaned["snapshot"]):
            refusal = ValidationError("Ce point d’avancement n’a pas de quoi faire ce graphique.")
            raise blocks.StructBlockValidationError(block_errors={"drawing": refusal})
        return cleaned

    class Meta:
        icon = "image"
        label = "Graphique du point d’avancement"


class EventBlock(blocks.StructBlock):
    """A meeting, a webinar, a training."""

    title = title()
    text = prose()
    starts_on = blocks.DateBlock(required=False, label="Du")
    ends_on = blocks.DateBlock(required=False, label="Au")
    place = blocks.CharBlock(required=False, max_length=200, label="Lieu")
    image = picture()
    link = LinkBlock()

    def clean(self, value: Any) -> Any:
        """Refuse an event that ends before it starts."""
        cleaned = super().clean(value)
        starts_on, ends_on = cleaned["starts_on"], cleaned["ends_on"]
        if ends_on and (not starts_on or ends_on < starts_on):
            refusal = ValidationError("La fin précède le début, ou le début manque.")
            raise blocks.StructBlockValidationError(block_errors={"ends_on": refusal})
        return cleaned

    class Meta:
        icon = "calendar-alt"
        label = "Rendez-vous"


class CallBlock(blocks.StructBlock):
    """A call for projects or applications."""

    title = title()
    text = prose()
    closes_on = blocks.DateBlock(required=False, label="Clôture le")
    image = picture()
    link = LinkBlock()

    class Meta:
        icon = "mail"
        label = "Appel à projets ou à candidatures"


class ResourceBlock(blocks.StructBlock):
    """Something to reuse: a project, a guide, a method."""

    title = title()
    text = prose()
    department = blocks.CharBlock(
        required=False,
        max_length=3,
        label="Département",
        help_text="Son numéro, par exemple 59 ou 2A.",
    )
    image = picture()
    link = LinkBlock()

    class Meta:
        icon = "folder-open-inverse"
        label = "Ressource"


class PictureBlock(blocks.StructBlock):
    """The picture of the month and its story."""

    title = title()
    text = prose()
    image = picture()
    credit = blocks.CharBlock(
        required=False,
        max_length=200,
        label="Crédit",
        help_text="Seulement s’il diffère de celui de la médiathèque.",
    )

    class Meta:
        icon = "image"
        label = "Image du mois"


class SeeAlsoBlock(blocks.StructBlock):
    """A shorter item of the last section."""

    title = title()
    text = prose()
    link = LinkBlock()

    class Meta:
        icon = "list-ul"
        label = "Voir aussi"


class TextBlock(blocks.StructBlock):
    """A free text."""

    title = title(required=False)
    text = prose()

    class Meta:
        icon = "pilcrow"
        label = "Texte libre"


class RoleBlock(blocks.StructBlock):
    """A line of the colophon."""

    role = blocks.CharBlock(max_length=120, label="Rôle")
    names = blocks.CharBlock(max_length=500, label="Noms")

    class Meta:
        icon = "user"
        label = "Ligne"


class ColophonBlock(blocks.StructBlock):
    """Who made the issue (« l'ours »)."""

    lines = blocks.ListBlock(RoleBlock(), label="Lignes", default=[])
    text = prose(required=False, label="Autres mentions")

    class Meta:
        icon = "group"
        label = "Ours"


class ItemsBlock(blocks.StreamBlock):
    """The items of a section."""

    article = ArticleBlock()
    key_figure = KeyFigureBlock()
    progress = ProgressBlock()
    drawing = DrawingBlock()
    event = EventBlock()
    call = CallBlock()
    resource = ResourceBlock()
    picture = PictureBlock()
    see_also = SeeAlsoBlock()
    text = TextBlock()
    colophon = ColophonBlock()

    class Meta:
        label = "Brèves"
        required = False


class SectionBlock(blocks.StructBlock):
    """A named part of the issue."""

    title = blocks.CharBlock(
        required=False,
        max_length=120,
        label="Titre de la rubrique",
        help_text="Par exemple : L’actu, Le Club, L’offre de services, Les ressources utiles.",
    )
    items = ItemsBlock()

    class Meta:
        icon = "list-ul"
        label = "Rubrique"


class IssueBody(blocks.StreamBlock):
    """The whole of an issue."""

    section = SectionBlock()


class BodyField(StreamField):
    """The body of an issue. Its blocks are code: a migration neither holds nor follows them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        super().__init__(*(args or (IssueBody,)), **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Leave the definitions of the blocks out of migrations."""
        name, path, _arguments, keywords = super().deconstruct()
        keywords.pop("block_lookup", None)
        return name, path, [], keywords
