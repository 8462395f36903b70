"""The figures of any day in any territory, measured when somebody asks, and kept for a while."""

from __future__ import annotations

from datetime import date

from ..frozen import OpenedTable, freeze, open_figure, with_rows
from ..indicators import Facts
from ..memory import register_state, remember
from ..report import Report
from ..rules import Figure
from .facts import tally_facts
from .measured import Progress, get_programme, measure_progress, measured_report
from .rows import rows_behind


def facts_on(as_of: date, *, state: str) -> Facts:
    """What the figures of a day are measured on, read once in a state of the register: enough for
    every number, without the rows behind them.

    Raises NoProgramme.
    """

    def read() -> Facts:
        return tally_facts(programme=get_programme(), as_of=as_of, with_labels=True)

    return remember("facts", on=as_of, state=state, read=read)


def explore(*, as_of: date, territory: str | None = None) -> Report:
    """The report that would be frozen for that day and place, if somebody did.

    Raises NoProgramme, BeforeLaunch, or UnknownTerritory of the territories.
    """
    state = register_state()

    def read() -> Report:
        return measured_report(_measured(as_of, territory, state))

    return remember(f"report {territory or 'national'}", on=as_of, state=state, read=read)


def explore_rows(
    *, as_of: date, territory: str | None = None, code: str
) -> tuple[Report, Figure, OpenedTable]:
    """The same report, one of its figures and the rows behind that figure.

    Raises what `explore` does, and UnknownFigure.
    """
    report = explore(as_of=as_of, territory=territory)
    report.figure(code)
    progress = measure_progress(as_of=as_of, territory=territory)
    rows = freeze(report_of(progress), rows_behind(progress)).rows
    figure = with_rows(report.figure(code), rows)
    return report, figure, open_figure(figure, rows)


def report_of(progress: Progress) -> Report:
    """The figures of a day and nothing around them: enough to open one."""
    return Report(
        programme=progress.programme.name,
        as_of=progress.as_of,
        territory=str(progress.territory),
        territory_name=progress.territory.name,
        figures=progress.figures,
        row_counts={figure.code: len(figure.rows) for figure in progress.figures},
    )


def _measured(as_of: date, territory: str | None, state: str) -> Progress:
    programme = get_programme()
    is_before = as_of < programme.launched_on
    facts = None if is_before else facts_on(as_of, state=state)
    return measure_progress(as_of=as_of, territory=territory, programme=programme, facts=facts)
