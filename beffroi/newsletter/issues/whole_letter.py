"""The letter that an issue makes as it stands, and the approvals that hold for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from beffroi.foundations.accounts.models import User
from beffroi.newsletter.audience.queries import describe_audience
from beffroi.newsletter.delivery.models import Mailing
from beffroi.newsletter.delivery.rules import (
    ApprovalProof,
    Letter,
    content_hash,
    release_refusal,
)

from .envelope import compose_letter
from .models import Approval, IssuePage


def latest_version(issue: IssuePage) -> IssuePage:
    """The issue as last written, published or not, read afresh: a hash bears on nothing stale."""
    fresh = IssuePage.objects.select_related("latest_revision").get(pk=issue.pk)
    version: IssuePage = fresh.get_latest_revision_as_object()
    return version


def author_of(version: IssuePage) -> User | None:
    """Who wrote that version; nobody where a command did."""
    return version.latest_revision.user if version.latest_revision else None


@dataclass(frozen=True)
class WholeLetter:
    """The letter that would leave today, and the hash that stands for every byte of it."""

    letter: Letter
    content_hash: str


def letter_of(version: IssuePage) -> WholeLetter | None:
    """The letter that this version makes, or None while it has no date."""
    if version.scheduled_for is None:
        return None
    letter = compose_letter(
        version,
        site_url=settings.BEFFROI_SITE_URL,
        audience=describe_audience(),
        scheduled_for=version.scheduled_for,
    )
    return WholeLetter(letter, content_hash(letter))


def approval_proofs(issue: IssuePage) -> list[ApprovalProof]:
    """Every approval of the issue, for whatever content, oldest first."""
    return [
        ApprovalProof(approval.approver_id, approval.content_hash, approval.approved_at)
        for approval in issue.approvals.order_by("approved_at")
    ]


def standing_approvals(issue: IssuePage, *, content_hash: str) -> list[Approval]:
    """The approvals that hold for this content; any other has been voided by a change."""
    standing = issue.approvals.filter(content_hash=content_hash).select_related("approver")
    return list(standing.order_by("approved_at"))


def is_approved(issue: IssuePage, *, content_hash: str) -> bool:
    """Whether two different people approved this very content."""
    return release_refusal(content_hash=content_hash, proofs=approval_proofs(issue)) is None


@dataclass(frozen=True)
class LetterStep:
    """How far one issue is: being written, waiting for approvals, ready, or sent.

    `page` is the row, whose number names its page on the desk; `version` is what was last written,
    and may bear another number, title or date until it is published.
    """

    page: IssuePage
    version: IssuePage
    approvals: tuple[Approval, ...]
    mailing: Mailing | None

    @property
    def waits(self) -> bool:
        """Whether it can be approved or sent: it has a date, and has not left."""
        return self.mailing is None and self.version.scheduled_for is not None

    @property
    def words(self) -> str:
        """The step, in French."""
        if self.mailing:
            return "parti" if not self.mailing.is_running else "en cours d’envoi"
        if self.version.live:
            return "publié"
        if self.version.scheduled_for is None:
            return "en cours d’écriture, sans date d’envoi"
        held = len(self.approvals)
        return f"{held} approbation{'s' if held > 1 else ''} sur 2"


def latest_letters(count: int) -> list[LetterStep]:
    """The latest issues, highest number first."""
    pages = list(IssuePage.objects.order_by("-number")[:count])
    mailings = {
        mailing.number: mailing
        for mailing in Mailing.objects.filter(number__in=[page.number for page in pages])
    }
    return [_step(page, mailings.get(page.number)) for page in pages]


def _step(page: IssuePage, mailing: Mailing | None) -> LetterStep:
    version = latest_version(page)
    whole = letter_of(version) if mailing is None else None
    held = standing_approvals(page, content_hash=whole.content_hash) if whole else []
    return LetterStep(page, version, tuple(held), mailing)
