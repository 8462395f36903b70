"""A delivery followed from a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from .actions import Delivery, deliver_mailing
from .clock import SystemClock
from .models import Mailing
from .queries import ledger, ledger_line
from .relay import relay_transport
from .rules import Outcome


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.0f}/s" if task.speed else "")


def deliver_in_terminal(mailing: Mailing, *, wait: bool) -> Delivery:
    """Deliver through the configured relay, with a progress bar and its rate on a terminal.

    Raises what `deliver_mailing` raises.
    """
    before = ledger(mailing)
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(),
        TimeRemainingColumn(),
    )  # fmt: skip
    console = Console()
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(
            f"Lettre {mailing.number}", total=before.audience, completed=before.settled
        )

        def follow(outcomes: Mapping[Outcome, int]) -> None:
            bar.advance(task, sum(n for outcome, n in outcomes.items() if outcome.is_settled))

        return deliver_mailing(
            mailing_id=mailing.pk,
            transport=relay_transport(),
            clock=SystemClock(),
            on_progress=follow,
            wait=wait,
        )


def summary(delivery: Delivery) -> list[str]:
    """What to tell at the end, the ledger's line last."""
    lines = [delivery.trouble] if delivery.trouble else []
    if delivery.next_due_at is not None and not delivery.is_halted:
        due = timezone.localtime(delivery.next_due_at)
        lines.append(f"Prochain essai le {due:%d/%m/%Y à %H:%M:%S}.")
    return [*lines, ledger_line(delivery.ledger)]
