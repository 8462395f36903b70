"""The cells of one row, read one by one: what cannot be read is told, all of it at once."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from beffroi.foundations.dates import format_date
from beffroi.foundations.folding import fold
from beffroi.foundations.imports.places import Places
from beffroi.foundations.imports.rules import (
    bare_code,
    read_day,
    read_euros,
    read_quantity,
    read_whole,
)
from beffroi.foundations.territories.queries import Resolution
from beffroi.foundations.territories.rules import restore_zero

T = TypeVar("T")
EMPTY = "cellule vide, à remplir"


class CellRemark(NamedTuple):
    """Something to say of one cell: why it is refused, or what was made of it."""

    column: str
    value: str
    reason: str


class Cells:
    """One row by column name. A reader that fails records a refusal and gives a stand-in value, so
    that every fault of the row is found; a record made with a refusal is thrown away."""

    def __init__(self, values: Mapping[str, str], *, places: Places, today: date) -> None:
        self._values = values
        self._places = places
        self.today = today
        self.named_town: int | None = None  # the first town read, even in a refused row
        self.refusals: list[CellRemark] = []
        self.notes: list[CellRemark] = []

    def __getitem__(self, column: str) -> str:
        return self._values[column]

    def refuse(self, column: str, reason: str) -> None:
        """Say why the row cannot be taken."""
        self.refusals.append(CellRemark(column, self[column], reason))

    def note(self, column: str, reason: str) -> None:
        """Say what was made of a cell that is taken."""
        self.notes.append(CellRemark(column, self[column], reason))

    def read(self, column: str, parse: Callable[[str], T], stand_in: T) -> T:
        """What `parse` makes of a cell that must not be empty; its ValueError is the reason."""
        if not self[column]:
            self.refuse(column, EMPTY)
            return stand_in
        try:
            return parse(self[column])
        except ValueError as unreadable:
            self.refuse(column, str(unreadable))
            return stand_in

    def key(self, column: str, *, longest: int) -> str:
        """The text a row is known by."""
        return self.read(column, lambda text: _short(text, longest), "")

    def text(self, column: str, *, longest: int) -> str:
        """Text that may be empty."""
        return self.key(column, longest=longest) if self[column] else ""

    def day(self, column: str) -> date:
        """A day, as `31/12/2022` or `2022-12-31`."""
        return self.read(column, read_day, date.min)

    def optional_day(self, column: str) -> date | None:
        """A day, or none where the cell is empty."""
        return self.read(column, read_day, None) if self[column] else None

    def euros(self, column: str, *, digits: int) -> Decimal:
        """An amount in euros, zero or more."""
        return self.read(column, lambda text: read_euros(text, digits=digits), Decimal(0))

    def quantity(self, column: str, *, digits: int, most: int | None = None) -> Decimal:
        """A number of zero or more, such as m² or percent."""

        def parse(text: str) -> Decimal:
            return read_quantity(text, digits=digits, most=most)

        return self.read(column, parse, Decimal(0))

    def whole(self, column: str, *, most: int, least: int = 0) -> int:
        """A whole number from `least` to `most`."""
        return self.read(column, lambda text: read_whole(text, least=least, most=most), 0)

    def choice(self, column: str, words: Mapping[str, T], stand_in: T) -> T:
        """One of the given words, whatever their case and accents."""
        folded = {fold(word): value for word, value in words.items()}

        def parse(text: str) -> T:
            if fold(text) not in folded:
                raise ValueError(f"valeur inconnue, attendu : {' ou '.join(words)}")
            return folded[fold(text)]

        return self.read(column, parse, stand_in)

    def town(self, column: str, *, on: date, label: str = "") -> int:
        """The town a code stands for on a day; a restored zero and a successor are noted.

        So is another town's name in the `label` column: a mistyped code is often a valid one.
        """
        if on == date.min:  # the day itself was refused
            self._name(self._places.find_town(self[column], on=self.today))
            return self.read(column, len, 0)
        resolution = self.read(column, lambda text: self._places.town(text, on=on), None)
        if resolution is None:
            return 0
        self._name(resolution)
        if resolution.has_restored_zero:
            self.note(column, f"zéro initial rétabli : {resolution.code}")
        town_id = resolution.town_ids[0]
        if resolution.is_successor:
            name = self._places.name(town_id, on=on)
            self.note(column, f"ce code n’avait pas cours au {format_date(on)}, lu : {name}")
        elif label and not self._places.is_called(town_id, self[label]):
            name = self._places.name(town_id, on=on)
            self.note(label, f"le code désigne une autre commune, {name} : à vérifier")
        return town_id

    def _name(self, resolution: Resolution | None) -> None:
        if resolution and self.named_town is None:
            self.named_town = resolution.town_ids[0]

    def undated_town(
        self, column: str, *, since: date, label: str, known: Container[int] = ()
    ) -> int:
        """The town a code stands for in a row without a date: the one of the `known` towns that
        bore a code nobody bears any more, else as at `since`, so that the same file says the same
        whenever it comes in; as today where the name in `label` is that of today's bearer alone (a
        code given to another town since)."""
        ended = self._places.ended_town(self[column], on=self.today, among=known)
        if ended is not None:
            self.named_town = self.named_town or ended
            return ended
        then = self._places.find_town(self[column], on=since)
        now = self._places.find_town(self[column], on=self.today)
        is_other = then is not None and not self._is_called(then, label)
        if now is not None and (then is None or (is_other and self._is_called(now, label))):
            return self.town(column, on=self.today, label=label)
        return self.town(column, on=since, label=label)

    def _is_called(self, resolution: Resolution, label: str) -> bool:
        return self._places.is_called(resolution.town_ids[0], self[label])

    def town_code(self, column: str) -> str:
        """The code as it is given, its leading zero restored."""
        return restore_zero(bare_code(self[column]))[0]

    def intercommunality(self, column: str) -> int:
        """The EPCI that bears, or bore, the SIREN."""
        return self.read(column, self._places.intercommunality, 0)

    def region(self, column: str) -> int | None:
        """The région named; none for a national row."""
        return self.read(column, self._places.region, None) if self[column] else None


def _short(text: str, longest: int) -> str:
    if len(text) > longest:
        raise ValueError(f"texte trop long, {longest} caractères au plus")
    return text
