"""Each step of the main job, played by the product's own actions and told as it goes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import record_act
from beffroi.foundations.audit.models import AuditEntry
from beffroi.foundations.imports.actions import import_files
from beffroi.foundations.media.models import CreditedImage, Licence
from beffroi.foundations.territories.actions import import_cog
from beffroi.newsletter.audience.actions import import_subscribers
from beffroi.newsletter.audience.models import Subscriber
from beffroi.newsletter.audience.rules import SubscriberRow
from beffroi.newsletter.delivery.console import deliver_in_terminal
from beffroi.newsletter.delivery.models import Mailing
from beffroi.newsletter.delivery.queries import find_mailing, ledger
from beffroi.newsletter.delivery.rules import Ledger
from beffroi.newsletter.issues.actions.approve_issue import approve_issue
from beffroi.newsletter.issues.actions.deliver_issue import release_issue
from beffroi.newsletter.issues.models import IssuePage, NewsletterPage
from beffroi.newsletter.issues.rules import default_title
from beffroi.newsletter.issues.whole_letter import latest_version, letter_of
from beffroi.programme.membership.models import Designation, Programme
from beffroi.progress.models import Snapshot

from .accounts import (
    ACCOUNTS,
    DEPUTY,
    DIRECTOR,
    EDITOR,
    NATIONAL,
    OFFICER,
    REGION,
    demonstration_password,
    give_mandate,
    open_account,
)
from .campaign import run_campaign
from .follow_up_files import follow_up_files
from .letter import INTRODUCTION, letter_body
from .partners import open_partners
from .picture import ALTERNATIVE, CREDIT, draw_belfry
from .readers import READERS, made_up_addresses
from .reports import prepare_department, publish_reports
from .towns import town_facts

VERB = "build_demonstration"
A_TOWN = "22050"  # Dinan
FIRST_NUMBER = 18  # the real letter that tests import is the seventeenth
_BAR = (
    TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
)  # fmt: skip


class DatabaseInUse(Exception):
    """The database holds a programme or readers that the demonstration did not make."""

    def __init__(self) -> None:
        super().__init__(
            "Cette base contient déjà un programme ou des abonnés qui ne viennent pas de la "
            "démonstration : rien n’a été touché. Donnez une autre base, par exemple "
            "BEFFROI_DATABASE_URL=sqlite:///var/demo/demo.sqlite3."
        )


@dataclass(frozen=True)
class Played:
    """What the demonstration made, for its summary."""

    snapshot: Snapshot
    ledger: Ledger
    password: str


def play(*, folder: Path, console: Console) -> Played:
    """Play every step; what an earlier run made is kept. Raises DatabaseInUse."""
    _refuse_a_database_in_use()
    today = timezone.localdate()
    with _step(console, "Géographie officielle"):
        _geography(console)
    with _step(console, "Registre inventé sur de vraies communes"):
        _register(folder / "suivi", today, console)
    with _step(console, "Comptes du bureau"):
        password = demonstration_password(folder)
        people = {account: open_account(account, password=password) for account in ACCOUNTS}
        for account, user in people.items():
            give_mandate(account, user)
    with _step(console, "Campagne de confirmation en cours"):
        run_campaign(
            today, national=people[NATIONAL], officer=people[OFFICER], region=people[REGION]
        )
    with _step(console, "Partenaires du programme"):
        open_partners(by=people[NATIONAL])
    with _step(console, "Abonnés inventés"):
        _readers(today)
    with _step(console, "Points d’avancement et numéro de la lettre"):
        issue = find_demonstration_issue()
        if issue is None:
            prepare_department(today, preparer=people[OFFICER])
            report = publish_reports(today, preparer=people[NATIONAL], reviewer=people[DIRECTOR])
            issue = _compose(today, editor=people[EDITOR], snapshot=report)
        snapshot = _snapshot_of(issue)
    mailing = find_mailing(issue.number)
    if mailing is None:
        with _step(console, "Deux approbations"):
            mailing = _release(issue, director=people[DIRECTOR], deputy=people[DEPUTY])
    with _step(console, f"Envoi de la lettre {issue.number} par SMTP"):
        if mailing.is_running:
            deliver_in_terminal(mailing, wait=True)
    return Played(snapshot, ledger(mailing), password)


@contextmanager
def _step(console: Console, title: str) -> Iterator[None]:
    started = monotonic()
    yield
    console.print(f"[green]✓[/] {title} [dim]({monotonic() - started:.1f} s)[/]")


def _refuse_a_database_in_use() -> None:
    made_here = AuditEntry.objects.filter(verb=VERB).exists()
    if not made_here and (Designation.objects.exists() or Subscriber.objects.exists()):
        raise DatabaseInUse


def _geography(console: Console) -> None:
    with _bar(console) as announce:
        import_cog(folder=settings.BEFFROI_COG_PATH, imported_at=timezone.now(), announce=announce)


@contextmanager
def _bar(console: Console) -> Iterator[Callable[[str, int, int], None]]:
    with Progress(
        *_BAR, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task("…", total=None)

        def announce(step: str, done: int, total: int) -> None:
            progress.update(task, description=step, completed=done, total=total)

        yield announce


def _register(folder: Path, today: date, console: Console) -> None:
    """Write the follow-up files once, so that a later run imports the very same rows."""
    if not folder.exists():
        draft = folder.with_name("suivi.tmp")
        draft.mkdir(parents=True, exist_ok=True)
        for name, text in follow_up_files(town_facts(on=today), today=today).items():
            (draft / name).write_text(text, encoding="utf-8-sig", newline="")
        draft.rename(folder)
    now = timezone.now()
    with transaction.atomic():
        report = import_files(path=folder, today=today, at=now)
        if not AuditEntry.objects.filter(verb=VERB).exists():
            record_act(verb=VERB, target=Programme.objects.get(code="pvd"), at=now)
    if report.refused:
        console.print(report.refused[:5])
        raise RuntimeError("the demonstration's own files were refused")


def _readers(today: date) -> None:
    names = [town.name for town in town_facts(on=today)][::17]
    rows = (
        SubscriberRow(line=line, address=address)
        for line, address in enumerate(made_up_addresses(names, count=READERS), start=2)
    )
    import_subscribers(
        rows=rows,
        source="personnes inventées pour la démonstration",
        legal_basis="aucune personne réelle",
        imported_at=timezone.now(),
    )


def find_demonstration_issue() -> IssuePage | None:
    """The issue that an earlier run composed, if any."""
    keys = AuditEntry.objects.filter(verb="compose_demonstration").values_list("target_key")
    issues = IssuePage.objects.filter(pk__in=[int(key) for (key,) in keys])
    issue: IssuePage | None = issues.first()
    return issue


def _compose(today: date, *, editor: User, snapshot: Snapshot) -> IssuePage:
    now = timezone.now()
    last = IssuePage.objects.aggregate(last=Max("number"))["last"] or 0
    number = max(FIRST_NUMBER, last + 1)
    body = letter_body(
        today=today,
        reference=snapshot.reference,
        progress_url=reverse("progress:snapshot", args=[snapshot.reference]),
        image_id=_picture(editor).pk,
    )
    newsletter = NewsletterPage.objects.get()
    issue: IssuePage = newsletter.add_child(
        instance=IssuePage(
            title=default_title(number),
            number=number,
            issued_on=today,
            scheduled_for=now,
            headline=INTRODUCTION,
            body=json.dumps(body),
            owner=editor,
            live=False,
        )
    )
    issue.save_revision(user=editor)
    record_act(verb="compose_demonstration", target=issue, at=now, actor=editor)
    return issue


def _picture(editor: User) -> CreditedImage:
    title = "Le beffroi s’allume"
    found: CreditedImage | None = CreditedImage.objects.filter(title=title).first()
    if found is not None:
        return found
    drawn: CreditedImage = CreditedImage.objects.create(
        title=title,
        description=ALTERNATIVE,
        credit=CREDIT,
        licence=Licence.OPEN,
        file=ContentFile(draw_belfry(), name="beffroi.png"),
        uploaded_by_user=editor,
    )
    return drawn


def _snapshot_of(issue: IssuePage) -> Snapshot:
    """The frozen report that the issue's figures come from."""
    items = [item for section in latest_version(issue).body for item in section.value["items"]]
    reference = next(item.value["snapshot"] for item in items if item.block_type == "progress")
    return Snapshot.objects.get(reference=reference)


def _release(issue: IssuePage, *, director: User, deputy: User) -> Mailing:
    whole = letter_of(latest_version(issue))
    if whole is None:
        raise RuntimeError("the demonstration's issue has no date")
    for person in (deputy, director):
        approve_issue(
            issue_id=issue.pk,
            approver=person,
            content_hash=whole.content_hash,
            approved_at=timezone.now(),
        )
    return release_issue(issue_id=issue.pk, opened_at=timezone.now(), opened_by=director)


def summary_lines(played: Played) -> list[tuple[str, str]]:
    """What a person needs to look around, as label and value."""
    site = settings.BEFFROI_SITE_URL
    return [
        ("Site", site),
        ("La lettre", f"{site}/lettre/{played.ledger.number}/"),
        (
            "Point d’avancement",
            site + reverse("progress:snapshot", args=[played.snapshot.reference]),
        ),
        ("Communes", site + reverse("places:towns")),
        ("  une commune", f"{site}/communes/{A_TOWN}/"),
        ("  son département", f"{site}/departements/{A_TOWN[:2]}/"),
        ("Courriels reçus", f"{site}/demo/boite/"),
        ("Bureau", f"{site}/bureau/"),
        *((f"  {account.email}", account.purpose) for account in ACCOUNTS),
        ("  mot de passe de tous", played.password),
    ]
