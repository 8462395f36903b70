"""Words of the letter's templates: plain-text layout and French dates."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from beffroi.foundations.dates import format_date
from beffroi.newsletter.issues import prose
from beffroi.newsletter.issues.queries import FrozenFigure

register = template.Library()


@register.filter
def unlocalized(number: int) -> str:
    """An issue's number is a name: no thousand separator."""
    return str(number)


@register.filter
def spoken(title: str) -> str:
    """A title as the mail's label: mrml would write `\\u{a0}` for a space it does not know."""
    return "".join(" " if sign.isspace() or not sign.isprintable() else sign for sign in title)


@register.filter
def slug(kind: str) -> str:
    """A kind of item as the style sheets write it."""
    return kind.replace("_", "-")


@register.filter
def french_date(day: date) -> str:
    """`23 septembre 2022`."""
    return format_date(day)


@register.filter
def lines(text: str) -> SafeString:
    """Lines of a text as well-formed HTML."""
    kept = ((line,) for line in text.splitlines() if line.strip())
    return format_html_join(mark_safe("<br/>"), "{}", kept)


@register.filter
def first_words(text: str, count: int) -> str:
    """The beginning of a text, for the line that mail readers show under the subject."""
    words = text.split()
    return " ".join(words[:count]) + ("…" if len(words) > count else "")


@register.filter
def wrapped(text: str) -> str:
    """Lines that every mail reader shows whole."""
    return "\n".join(prose.wrap(line) for line in text.splitlines())


@register.filter
def underlined(text: str, sign: str) -> str:
    """A heading and its line, as long as its longest line."""
    heading = prose.wrap(text)
    return f"{heading}\n{sign * max(len(line) for line in heading.splitlines())}"


@register.filter
def starred(text: str) -> str:
    """A figure that stands out."""
    return prose.wrap(f"*** {text} ***")


@register.filter
def in_brackets(text: str) -> str:
    """What a picture shows, set apart from the text."""
    return f"[Image\u00a0: {text}]"


@register.filter
def colon(role: str, names: str) -> str:
    """`Rôle : noms`."""
    return f"{role}\u00a0: {names}"


@register.filter
def as_of_sentence(day: date) -> str:
    """When the figures were frozen."""
    return f"Chiffres arrêtés au {format_date(day)}."


@register.filter
def frozen_and_open(day: date) -> str:
    """When the figures were frozen, and that each of them opens."""
    return prose.wrap(f"Chiffres arrêtés au {format_date(day)}, à ouvrir un par un\u00a0:")


@register.filter
def entry(label: str, value: str) -> str:
    """A line of a short table as an entry of a list."""
    return prose.wrap(f"{label}\u00a0: {value}", first="- ", rest="  ")


@register.filter
def figure_line(figure: FrozenFigure) -> str:
    """A frozen figure as an entry of a list."""
    detail = f" ({figure.detail})" if figure.detail else ""
    return prose.wrap(f"{figure.value} {figure.label}{detail}", first="- ", rest="  ")
