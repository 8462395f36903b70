"""What a comparison says, in French: differences, counts of rows, causes. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from beffroi.foundations.dates import format_date
from beffroi.foundations.money import format_number

from ..indicators.tables import BROWNFIELDS, COMMITMENTS, MEETINGS, MISSIONS, PLANS, POSTS
from ..rules import NO_VALUE, PERCENT, Number, format_quantity
from .shapes import Cause, FigureChange, Kind, Movement, Why

_MINUS = "\u2212"
_FIRST_PLURAL = 2


@dataclass(frozen=True, slots=True)
class Noun:
    """What the rows of a table are."""

    one: str
    many: str
    is_feminine: bool = True

    def agree(self, participle: str, count: int = 1) -> str:
        """A past participle given in the masculine singular, with the ending of these rows."""
        return participle + ("e" if self.is_feminine else "") + ("s" if is_plural(count) else "")

    def counted(self, count: int) -> str:
        """`1 commune`, `2 310 missions`."""
        return f"{format_number(count)}\u00a0{self.many if is_plural(count) else self.one}"


_TOWN = Noun("commune", "communes")
_ROW = Noun("ligne", "lignes")
_NOUNS = {
    PLANS: Noun("engagement prévisionnel", "engagements prévisionnels", is_feminine=False),
    COMMITMENTS: Noun("décision", "décisions"),
    MISSIONS: Noun("mission", "missions"),
    BROWNFIELDS: Noun("projet lauréat", "projets lauréats", is_feminine=False),
    POSTS: Noun("poste", "postes", is_feminine=False),
    MEETINGS: Noun("rencontre", "rencontres"),
}
_PARTICIPLES = {
    Kind.ENTERED: "entré",
    Kind.LEFT: "sorti",
    Kind.CORRECTED: "corrigé",
    Kind.CHANGED: "modifié",
}
# What befell a row on the day of its event, where the title of the column does not say it.
_EVENTS = {COMMITMENTS: "décidé", BROWNFIELDS: "désigné", MEETINGS: "tenu"}


def is_plural(number: Number) -> bool:
    """Whether French writes what is counted in the plural: from two on."""
    return number >= _FIRST_PLURAL


def noun_of(change: FigureChange) -> Noun:
    """What the rows behind a figure are."""
    if change.figure.table in _NOUNS:
        return _NOUNS[change.figure.table]
    are_towns = all(isinstance(one.key, int) for one in change.movements)
    return _TOWN if are_towns else _ROW


def word_counts(change: FigureChange) -> str:
    """`3 communes entrées, 1 sortie, 2 corrigées`; nothing where no row moved."""
    said: list[str] = []
    for kind in _PARTICIPLES:
        if change.moved(kind):
            said.append(word_count(change, kind, is_named=not said))
    return ", ".join(said)


def word_count(change: FigureChange, kind: Kind, *, is_named: bool = True) -> str:
    """`3 communes entrées (dont 1 enregistrée après coup)`, or without what the rows are."""
    noun, count = noun_of(change), len(change.moved(kind))
    counted = noun.counted(count) if is_named else format_number(count)
    return f"{counted} {noun.agree(_PARTICIPLES[kind], count)}{_late(change, kind, noun)}"


def _late(change: FigureChange, kind: Kind, noun: Noun) -> str:
    """`(dont 1 enregistrée après coup)`: what had happened before, and was not known."""
    count = sum(movement.cause.is_late for movement in change.moved(kind))
    said = noun.agree("enregistré", count)
    return f" (dont {format_number(count)} {said} après coup)" if count else ""


def word_difference(change: FigureChange) -> str:
    """`+13`, `−0,4 point`, `+1 200 €`; `=` where nothing differs, `–` where nothing compares."""
    return write_signed(change.difference, change.figure.unit)


def write_signed(number: Number | None, unit: str) -> str:
    """A difference with its sign; that of two shares is in points."""
    if number is None:
        return NO_VALUE
    size = number if number > 0 else -number
    if not size:
        return "="
    sign = "+" if number > 0 else _MINUS
    if unit == PERCENT:
        decimals = 0 if isinstance(number, int) else 1
        points = "points" if is_plural(size) else "point"
        return f"{sign}{format_number(size, decimals=decimals)}\u00a0{points}"
    return sign + format_quantity(size, unit)


def word_value(change: FigureChange, *, is_after: bool) -> str:
    """The value on one side, or that the report has no such figure."""
    figure = change.after if is_after else change.before
    return "absent" if figure is None else format_quantity(figure.value, figure.unit)


def word_cause(change: FigureChange, movement: Movement) -> str:
    """Why a row moved, in a few words: `signée le 12 mai 2022`."""
    cause, noun = movement.cause, noun_of(change)
    day = format_date(cause.on) if cause.on else ""
    if cause.why is Why.EVENT:
        said = _event(change, movement, noun, day)
    else:
        said = _sentence(cause, noun, day)
    return f"{said}, {noun.agree('enregistré')} après coup" if cause.is_late else said


def _event(change: FigureChange, movement: Movement, noun: Noun, day: str) -> str:
    """What the title of the column says happened, on that day."""
    title = movement.event_title
    if title.endswith(" le"):
        return f"{title[0].lower()}{title[1:]} {day}"
    participle = _EVENTS.get(change.figure.table)
    return f"{noun.agree(participle or 'daté')} {'le' if participle else 'du'} {day}"


def _sentence(cause: Cause, noun: Noun, day: str) -> str:
    since = f" le {day}" if day else ""
    return {
        Why.SUCCEEDED: f"succède à {cause.names}{since}",
        Why.JOINED: f"{noun.agree('entré')} dans le programme{since}",
        Why.ARRIVED: f"{noun.agree('arrivé')} dans le territoire depuis",
        Why.MERGED: f"a fusionné dans {cause.names}{since}",
        Why.WITHDREW: f"{noun.agree('sorti')} du programme{since}",
        Why.DEPARTED: f"{noun.agree('sorti')} du territoire depuis",
        Why.SIGNED: f"convention-cadre signée{since or ' depuis'}",
        Why.REACHED: "touchée depuis par une mission, un financement ou une rencontre",
        Why.EXPIRED: (
            f"fiche confirmée pour la dernière fois{since}"
            if day
            else "fiche que personne n’a confirmée depuis douze mois"
        ),
        Why.FILLED: f"pourvu{since or ' depuis'}",
        Why.CLOSED: f"{noun.agree('clos')}{since}",
        Why.UNCOVERED: f"{noun.agree('retiré')} de la convention par un avenant{_of(day)}",
        Why.CANCELLED: f"{noun.agree('annulé')}{since}",
        Why.REDATED: f"désormais {noun.agree('daté')} du {day}",
        Why.DELETED: f"{noun.agree('supprimé')} du registre",
        Why.REMOVED: f"{noun.agree('retiré')} par une correction",
        Why.RENAMED: "nom, code ou communes changés",
        Why.CENSUS: "population d’un autre millésime",
        Why.CORRECTED: f"{noun.agree('corrigé')} dans le registre",
        Why.UNDATED: "sans date enregistrée",
    }[cause.why]


def _of(day: str) -> str:
    return f" du {day}" if day else ""
