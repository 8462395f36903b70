"""The lives of the communes, from yearly editions and from the movements between them. Pure.

The editions say what is on January 1st; the movements say on which day it came so, and what was
before the first edition. A change between two editions that no movement tells takes effect on the
day of the later one; a movement that the editions contradict is set right that day, and said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import NamedTuple

from beffroi.foundations.folding import fold

from .editions import Commune, Edition, Stretch, Succession, continued_as
from .lives import Span
from .movements import RE_ESTABLISHMENT, Happening, Movement, happenings

_OVERSEAS = ("97", "98")


class Description(NamedTuple):
    """What a town bears during a period."""

    code: str
    name: str
    department: str


class Disagreement(NamedTuple):
    """Where movements and editions differ; `sentence` says it in French."""

    day: date
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Chronicle:
    """Every life: per edition, code → identity; the periods; who became whom.

    `passing_codes` were borne for less than a day, between two movements of the same date.
    """

    identities: list[dict[str, int]] = field(default_factory=list)
    periods: list[Stretch[int, Description]] = field(default_factory=list)
    successions: set[Succession] = field(default_factory=set)
    passing_codes: set[tuple[str, int]] = field(default_factory=set)
    disagreements: list[Disagreement] = field(default_factory=list)


def department_of(code: str) -> str:
    """The département that an INSEE code lies in."""
    return code[:3] if code.startswith(_OVERSEAS) else code[:2]


def write_chronicle(editions: Sequence[Edition], movements: Iterable[Movement] = ()) -> Chronicle:
    """Tell the lives of the communes of these editions, oldest first, and of their forebears."""
    waiting = happenings(movements)
    chronicler = _Chronicler(has_movements=bool(waiting))
    chronicler.start(_first_state(editions[0], waiting))
    done = 0
    for edition in editions:
        while done < len(waiting) and waiting[done].day <= edition.day:
            chronicler.tell(waiting[done])
            done += 1
        chronicler.settle(edition)
    for happening in waiting[done:]:
        chronicler.tell(happening)
    return chronicler.finish()


def _first_state(edition: Edition, waiting: Sequence[Happening]) -> dict[str, Description]:
    """The communes of the first edition, what happened before it being undone, latest first."""
    state = {
        code: Description(code, row.name, row.department) for code, row in edition.communes.items()
    }
    for happening in reversed(waiting):
        if happening.day <= edition.day:
            for code in happening.after:
                state.pop(code, None)
            for code, name in happening.before.items():
                state[code] = Description(code, name, department_of(code))
    return state


class _Chronicler:
    """Who bears which code as the days go by."""

    def __init__(self, *, has_movements: bool) -> None:
        self.has_movements = has_movements
        self.written = Chronicle()
        self.numbers = count()
        self.bearers: dict[str, int] = {}
        self.running: dict[int, tuple[Description, date | None]] = {}
        self.sirens: dict[int, str | None] = {}
        self.dead: dict[str, int] = {}
        self.containers: Mapping[str, str] = {}

    def start(self, state: Mapping[str, Description]) -> None:
        """The communes that have always been there."""
        for description in state.values():
            self._begin(next(self.numbers), description, None)

    def tell(self, happening: Happening) -> None:
        """Bring the bearers past a happening, or report that it cannot have happened."""
        if refusal := self._refusal(happening):
            self._report(happening.day, *refusal)
            return
        before = {code: self.bearers.pop(code) for code in happening.before}
        goes_on = happening.continuations()
        after = {}
        for code in set(before) - set(goes_on):
            self._end(before[code], happening.day)
        for old, new in goes_on.items():
            after[new] = before[old]
            self._describe(before[old], _after(happening, new), happening.day)
        for code in sorted(set(happening.after) - set(after)):
            after[code] = self._reborn(happening, code)
            self._begin(after[code], _after(happening, code), happening.day)
        self._link(happening, before, after, set(goes_on.items()))

    def settle(self, edition: Edition) -> None:
        """Make the bearers those of an edition, and keep who they are."""
        earlier = {
            code: Commune(found[0].name, found[0].department, self.sirens.get(identity))
            for code, identity in self.bearers.items()
            for found in (self.running[identity],)
        }
        goes_on = continued_as(earlier, edition)
        before = self.bearers
        self.bearers = {new: before[old] for old, new in goes_on.items()}
        for code in sorted(before.keys() - goes_on.keys()):
            self._vanish(code, before[code], edition)
        for old, new in goes_on.items():
            self._correct(old, self.bearers[new], new, edition)
        for code in [code for code in edition.communes if code not in self.bearers]:
            self._appear(code, before, edition)
        self._join_the_vanished(before, goes_on, edition)
        self.containers = edition.containers
        self.sirens = {self.bearers[code]: row.siren for code, row in edition.communes.items()}
        self.written.identities.append({code: self.bearers[code] for code in edition.communes})

    def finish(self) -> Chronicle:
        """The chronicle, the periods under way left open."""
        for identity, (description, since) in self.running.items():
            self.written.periods.append(Stretch(identity, description, Span(since, None)))
        return self.written

    def _refusal(self, happening: Happening) -> tuple[str, str] | None:
        for code, name in happening.before.items():
            if code not in self.bearers:
                return code, f"le mouvement suppose une commune {name} ({code}) qui n’existe pas"
        for code, name in happening.after.items():
            if code in self.bearers and code not in happening.before:
                return code, f"le mouvement donne à {name} le code {code}, déjà porté"
        return None

    def _reborn(self, happening: Happening, code: str) -> int:
        """A re-established commune is the one that bore the code; any other one is new."""
        if happening.kind == RE_ESTABLISHMENT and code in self.dead:
            return self.dead.pop(code)
        return next(self.numbers)

    def _link(
        self,
        happening: Happening,
        before: Mapping[str, int],
        after: Mapping[str, int],
        goes_on: set[tuple[str, str]],
    ) -> None:
        lasting = {new for _, new in goes_on}
        kept = {old for old, _ in goes_on}
        for old, new in happening.links:
            if (old, new) not in goes_on and not (old in kept and new in lasting):
                self._succeed(before[old], after[new], happening.day)

    def _vanish(self, code: str, identity: int, edition: Edition) -> None:
        name = self.running[identity][0].name
        self._report(edition.day, code, f"{name} ({code}) n’est plus au millésime {edition.year}")
        self._end(identity, edition.day)

    def _appear(self, code: str, before: Mapping[str, int], edition: Edition) -> None:
        row = edition.communes[code]
        identity = next(self.numbers)
        self._begin(identity, Description(code, row.name, row.department), edition.day)
        self._report(edition.day, code, f"{row.name} ({code}) paraît au millésime {edition.year}")
        origin = code if code in before else self.containers.get(code)
        if origin and origin in before:
            self._succeed(before[origin], identity, edition.day)

    def _join_the_vanished(
        self, before: Mapping[str, int], goes_on: Mapping[str, str], edition: Edition
    ) -> None:
        for code in before.keys() - goes_on.keys():
            if heir := edition.containers.get(code):
                self._succeed(before[code], self.bearers[heir], edition.day)

    def _correct(self, old: str, identity: int, new: str, edition: Edition) -> None:
        row = edition.communes[new]
        told, since = self.running[identity]
        shown = Description(new, row.name, row.department)
        if told == shown:
            return
        if self.has_movements and fold(told.name) == fold(row.name):
            # The same name otherwise spelt is no event: the edition's spelling is the right one.
            told = told._replace(name=row.name)
            self.running[identity] = told, since
        if told != shown:
            self._report(edition.day, old, _difference(told, shown, edition.year))
            self._describe(identity, shown, edition.day)

    def _begin(self, identity: int, description: Description, day: date | None) -> None:
        self.bearers[description.code] = identity
        self.running[identity] = description, day

    def _describe(self, identity: int, description: Description, day: date) -> None:
        told, since = self.running[identity]
        if told.code != description.code and since == day:
            self.written.passing_codes.add((told.code, identity))
        if told != description and since != day:
            self.written.periods.append(Stretch(identity, told, Span(since, day)))
            since = day
        self.bearers[description.code] = identity
        self.running[identity] = description, since

    def _end(self, identity: int, day: date) -> None:
        told, since = self.running.pop(identity)
        self.dead[told.code] = identity
        if since != day:
            self.written.periods.append(Stretch(identity, told, Span(since, day)))
        else:
            self.written.passing_codes.add((told.code, identity))

    def _succeed(self, predecessor: int, successor: int, day: date) -> None:
        if predecessor != successor:
            self.written.successions.add(Succession(predecessor, successor, day))

    def _report(self, day: date, code: str, sentence: str) -> None:
        if self.has_movements:
            self.written.disagreements.append(Disagreement(day, code, sentence))


def _after(happening: Happening, code: str) -> Description:
    return Description(code, happening.after[code], department_of(code))


def _difference(told: Description, shown: Description, year: int) -> str:
    where = f"au millésime {year}, {told.name} ({told.code})"
    if told.code != shown.code:
        return f"{where} porte le code {shown.code}"
    if told.name != shown.name:
        return f"{where} s’appelle {shown.name}"
    return f"{where} est dans le département {shown.department}"
