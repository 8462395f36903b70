"""What an issue says, read once for its three renderings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.rich_text import expand_db_html

from beffroi.foundations.dates import format_date
from beffroi.foundations.media.models import CreditedImage
from beffroi.newsletter.issues import prose, rules
from beffroi.newsletter.issues.models import IssuePage, NewsletterPage
from beffroi.newsletter.issues.queries import (
    FrozenDrawing,
    FrozenFigures,
    find_drawing,
    find_frozen_figures,
)

MAIL_PICTURE = "width-1104|format-jpeg|jpegquality-72|bgcolor-ffffff"
WEB_PICTURES = tuple(f"width-{width}|format-webp" for width in (480, 800, 1200))


@dataclass(frozen=True)
class Prose:
    """A rich text whose addresses are complete for whoever reads far from the site."""

    source: str
    site_url: str

    def __bool__(self) -> bool:
        return bool(prose.parse(self.source))

    @property
    def web(self) -> SafeString:
        """For a page of the site."""
        return mark_safe(prose.to_html(self.source))  # rebuilt from a few known marks

    @property
    def mail(self) -> SafeString:
        """For a mail: complete addresses, well-formed."""
        return mark_safe(prose.to_html(self.source, resolve=self._complete))

    @property
    def text(self) -> str:
        """For the text part, wrapped."""
        return prose.to_text(self.source, resolve=self._complete)

    def _complete(self, address: str) -> str:
        return urljoin(f"{self.site_url}/", address)


@dataclass(frozen=True)
class Link:
    """A call to action; without an address it is announced, not linked."""

    label: str
    address: str
    url: str

    @property
    def is_missing(self) -> bool:
        """Whether its address is still to come."""
        return not self.url


@dataclass(frozen=True)
class Picture:
    """An image of the library with what must be shown beside it."""

    image: CreditedImage
    site_url: str

    @property
    def alt(self) -> str:
        """What it shows, for who does not see it."""
        return str(self.image.description)

    @property
    def mail_url(self) -> str:
        """The complete address of the one copy that every mail reader gets."""
        url: str = get_rendition_or_not_found(self.image, MAIL_PICTURE).url
        return urljoin(f"{self.site_url}/", url)

    @property
    def mail_width(self) -> int:
        """Shown width in CSS pixels: never beyond the picture's own."""
        return min(552, int(self.image.width))

    @property
    def web_copies(self) -> list[Any]:
        """Copies for `srcset`, narrowest first; the last one serves as `src`."""
        return [get_rendition_or_not_found(self.image, spec) for spec in WEB_PICTURES]

    @property
    def srcset(self) -> str:
        """The widths a browser may choose from."""
        widths = {copy.width: copy.url for copy in self.web_copies}
        return ", ".join(f"{url} {width}w" for width, url in widths.items())


@dataclass(frozen=True)
class Item:
    """One item, whatever its kind; the parts its kind does not have are empty."""

    kind: str
    level: int
    title: str
    prose: Prose
    value: str = ""
    facts: tuple[str, ...] = ()
    frozen: FrozenFigures | None = None
    drawing: FrozenDrawing | None = None
    picture: Picture | None = None
    credit: str = ""
    link: Link | None = None
    lines: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def mjml(self) -> str:
        """The template of its mail form."""
        return f"issues/mjml/{self.kind}.mjml"

    @property
    def text(self) -> str:
        """The template of its text form."""
        return f"issues/text/{self.kind}.txt"

    @property
    def web(self) -> str:
        """The template of its web form."""
        return f"issues/web/{self.kind}.html"


@dataclass(frozen=True)
class Section:
    """A named part of the issue; `anchor` names it within the page."""

    anchor: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class IssueContent:
    """Everything a reader gets, before any form is given to it."""

    number: int
    title: str
    issued_on: date
    masthead: str
    headline: Prose
    sections: tuple[Section, ...]
    newsletter: NewsletterPage
    rights_notice: Prose
    site_url: str
    page_url: str
    sign_up_url: str

    @property
    def heading(self) -> str:
        """The first line of the letter."""
        return f"{self.masthead} #{self.number}"

    @property
    def day(self) -> str:
        """The day it is dated of."""
        return format_date(self.issued_on)

    @property
    def named_sections(self) -> list[Section]:
        """Those a table of contents can name."""
        return [section for section in self.sections if section.title]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What an editor still has to repair."""
        return tuple(
            f"{item.title or section.title} : {warning}"
            for section in self.sections
            for item in section.items
            for warning in item.warnings
        )


def read_content(issue: IssuePage, *, site_url: str) -> IssueContent:
    """What an issue says; `site_url` has no final slash and completes its addresses."""
    newsletter = issue.newsletter
    date_text = format_date(issue.issued_on).replace("\u00a0", " ").upper()
    return IssueContent(
        number=issue.number,
        title=issue.title,
        issued_on=issue.issued_on,
        masthead=f"{date_text} – LETTRE D'INFORMATION",
        headline=_prose(issue.headline, site_url),
        sections=tuple(
            Section(
                anchor=f"rubrique-{place}",
                title=section.value["title"],
                items=tuple(_items(section.value, site_url)),
            )
            for place, section in enumerate(issue.body, start=1)
        ),
        newsletter=newsletter,
        rights_notice=_prose(newsletter.rights_notice, site_url),
        site_url=site_url,
        page_url=urljoin(f"{site_url}/", _path(issue)),
        sign_up_url=f"{site_url}{reverse('audience:sign_up')}",
    )


def _path(issue: IssuePage) -> str:
    parts = issue.get_url_parts()
    return parts[2] if parts and parts[2] else f"/lettre/{issue.number}/"


def _prose(source: Any, site_url: str) -> Prose:
    """`source` is a RichText value or the text of a RichTextField."""
    return Prose(expand_db_html(getattr(source, "source", source) or ""), site_url)


def _items(section: Any, site_url: str) -> Iterator[Item]:
    level = 3 if section["title"] else 2
    for block in section["items"]:
        value = block.value
        image = value.get("image")
        credit = _credit(value.get("credit") or "", image)
        frozen, drawing = _frozen(value), _drawing(value)
        yield Item(
            kind=block.block_type,
            level=level,
            title=_title(value),
            prose=_prose(value.get("text"), site_url),
            value=_value(value, frozen),
            facts=tuple(_facts(value)),
            frozen=frozen,
            drawing=drawing,
            picture=Picture(image, site_url) if image else None,
            credit=credit,
            link=_link(value.get("link"), site_url),
            lines=tuple((line["role"], line["names"]) for line in value.get("lines") or ()),
            warnings=tuple(_warnings(value, credit, frozen, drawing)),
        )


def _title(value: Any) -> str:
    """The item's title, with its department's number after it as readers expect."""
    title, department = prose.hold_spaces(value.get("title") or ""), value.get("department")
    return f"{title} ({department})" if department and f"({department})" not in title else title


def _link(value: Any, site_url: str) -> Link | None:
    if not value or not (value["label"] or value["url"]):
        return None
    address = value["url"] or ""
    followed = rules.is_link_address(address) and not rules.is_missing_address(address)
    return Link(
        label=prose.hold_spaces(value["label"]) or address,
        address=address if followed else "",
        url=urljoin(f"{site_url}/", address) if followed else "",
    )


def _credit(own: str, image: CreditedImage | None) -> str:
    """Whose picture it is and under which terms, the item's own words first."""
    credit = own or (image.credit if image else "")
    if credit and not credit.startswith("©"):
        credit = f"Crédit\u00a0: {credit}"
    licence = image.get_licence_display() if image and image.licence else ""
    return " – ".join(filter(None, (credit, licence)))


def _facts(value: Any) -> Iterator[str]:
    if value.get("starts_on"):
        yield rules.format_period(value["starts_on"], value.get("ends_on"))
    if value.get("closes_on"):
        yield f"Clôture le {format_date(value['closes_on'])}"
    if value.get("place"):
        yield value["place"]


def _frozen(value: Any) -> FrozenFigures | None:
    """The figures of the report that a progress item or a key figure draws on."""
    reference = value.get("snapshot")
    if not reference:
        return None
    codes = value.get("indicators") or [value.get("indicator")]
    return find_frozen_figures(reference, [code for code in codes if code])


def _drawing(value: Any) -> FrozenDrawing | None:
    """The drawing that a drawing item shows."""
    name = value.get("drawing")
    return find_drawing(value["snapshot"], name) if name else None


def _value(value: Any, frozen: FrozenFigures | None) -> str:
    """A key figure as printed: the frozen one, else the typed one."""
    if value.get("indicator") and frozen and frozen.figures:
        return frozen.figures[0].value
    return value.get("value") or ""


def _warnings(
    value: Any, credit: str, frozen: FrozenFigures | None, drawing: FrozenDrawing | None
) -> Iterator[str]:
    image = value.get("image")
    if image and not image.description:
        yield "l’image n’a pas de description pour qui ne la voit pas."
    if image and not credit:
        yield "l’image n’a ni crédit ni licence."
    if value.get("snapshot") and frozen is None:
        yield f"aucun point d’avancement figé ne porte la référence « {value['snapshot']} »."
    if frozen and not frozen.is_published:
        yield f"le point d’avancement « {value['snapshot']} » n’est pas encore publié."
    for code in frozen.unknown_codes if frozen else ():
        yield f"le point d’avancement ne contient pas le chiffre « {code} »."
    if value.get("drawing") and drawing is None and frozen and frozen.is_published:
        yield "le point d’avancement n’a pas de quoi faire ce graphique."
