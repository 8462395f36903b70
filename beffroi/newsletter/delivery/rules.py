"""What decides a delivery, from values alone. Pure: no clock, no database, no randomness."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum

# Stands in a letter's two parts and in its unsubscribe address where each reader's token goes.
TOKEN_SLOT = "@@token@@"  # noqa: S105

_APPROVERS = 2
_TOKEN = re.compile(r"[A-Za-z0-9._~:=-]+")
_ADDRESS = re.compile(r"[^\s<>,;@]+@[^\s<>,;@]+")
# Controls and line separators, not the no-break spaces that French needs.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=4)
_SERVICE_CLOSING = 421
# RFC 4954: the relay wants credentials, or others. Every message would get the same answer.
_CREDENTIALS = frozenset({530, 534, 535, 538})


@dataclass(frozen=True)
class Recipient:
    """One reader: `key` names the person for the application, `token` signs their links."""

    key: str
    address: str
    token: str


@dataclass(frozen=True)
class Sender:
    """Who writes; `reply_to` is empty where answers go to `address`."""

    name: str
    address: str
    reply_to: str = ""

    def __post_init__(self) -> None:
        _refuse_line_breaks(self)


@dataclass(frozen=True)
class Letter:
    """Everything a reader gets, the same for all but for their token; what approvers approve.

    `html` and `text` may hold TOKEN_SLOT, `unsubscribe_url` must. `audience` names the people it
    goes to; `scheduled_for` carries its zone. Raises ValueError for anything else.
    """

    subject: str
    html: str
    text: str
    sender: Sender
    list_id: str
    unsubscribe_url: str
    audience: str
    scheduled_for: datetime

    def __post_init__(self) -> None:
        _refuse_line_breaks(self, but={"html", "text"})
        if TOKEN_SLOT not in self.unsubscribe_url or not self.unsubscribe_url.isascii():
            raise ValueError(f"the unsubscribe address must be ASCII and hold {TOKEN_SLOT}")
        if self.scheduled_for.tzinfo is None:
            raise ValueError("the scheduled instant must carry its zone")


def _refuse_line_breaks(values: Letter | Sender, *, but: Iterable[str] = ()) -> None:
    """A line break in a header would let its author write further headers."""
    for field in fields(values):
        value = getattr(values, field.name)
        if field.name not in but and isinstance(value, str) and _CONTROL.search(value):
            raise ValueError(f"{field.name} holds a line break or a control character")


def content_hash(letter: Letter) -> str:
    """The SHA-256, in hexadecimal, of every field of the letter in one canonical form."""
    fields_in_order = {
        "subject": letter.subject,
        "html": letter.html,
        "text": letter.text,
        "sender_name": letter.sender.name,
        "sender_address": letter.sender.address,
        "sender_reply_to": letter.sender.reply_to,
        "list_id": letter.list_id,
        "unsubscribe_url": letter.unsubscribe_url,
        "audience": letter.audience,
        "scheduled_for": letter.scheduled_for.astimezone(UTC).isoformat(timespec="microseconds"),
    }
    canonical = json.dumps(fields_in_order, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


@dataclass(frozen=True)
class ApprovalProof:
    """One person approved one very content at one instant."""

    approver_id: int
    content_hash: str
    approved_at: datetime


class Refusal(StrEnum):
    """Why a letter may not leave."""

    MISSING_APPROVAL = "missing_approval"
    SAME_PERSON = "same_person"
    OTHER_CONTENT = "other_content"


def release_refusal(*, content_hash: str, proofs: Iterable[ApprovalProof]) -> Refusal | None:
    """None when two different people approved this very content, else why it may not leave."""
    all_proofs = list(proofs)
    if len(approvals_of(content_hash=content_hash, proofs=all_proofs)) == _APPROVERS:
        return None
    if len({proof.approver_id for proof in all_proofs}) > 1:
        return Refusal.OTHER_CONTENT
    return Refusal.SAME_PERSON if len(all_proofs) > 1 else Refusal.MISSING_APPROVAL


def approvals_of(*, content_hash: str, proofs: Iterable[ApprovalProof]) -> list[ApprovalProof]:
    """At most two proofs of this very content, each by another person, the oldest first."""
    by_person: dict[int, ApprovalProof] = {}
    for proof in sorted(proofs, key=lambda proof: proof.approved_at):
        if proof.content_hash == content_hash:
            by_person.setdefault(proof.approver_id, proof)
    return list(by_person.values())[:_APPROVERS]


def is_deliverable(recipient: Recipient) -> bool:
    """True when the address can stand in an envelope and the token in a link, unescaped."""
    return bool(
        recipient.key
        and recipient.address.isprintable()
        and _ADDRESS.fullmatch(recipient.address)
        and _TOKEN.fullmatch(recipient.token)
    )


class Outcome(StrEnum):
    """Where one recipient's message stands. All but the first two are settled for ever."""

    PENDING = "pending"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    SUPPRESSED = "suppressed"
    EXPIRED = "expired"
    UNCERTAIN = "uncertain"

    @property
    def is_settled(self) -> bool:
        return self not in {Outcome.PENDING, Outcome.SENDING}


SETTLED = tuple(outcome for outcome in Outcome if outcome.is_settled)


class Answer(StrEnum):
    """What became of one submission, as far as this side can know."""

    ACCEPTED = "accepted"  # the relay took charge of the message
    DEFERRED = "deferred"  # not now: nothing was taken
    REFUSED = "refused"  # never, for this recipient
    UNANSWERED = "unanswered"  # the whole message left and no answer came: it may have been taken
    UNREACHABLE = "unreachable"  # the relay takes nothing from anybody for the moment
    HALTED = "halted"  # the relay will take nothing before a person puts something right


def classify_reply(code: int) -> Answer:
    """What an SMTP reply code to RCPT, DATA or the final dot says (RFC 5321, 4.2.1)."""
    if code in _CREDENTIALS:
        return Answer.HALTED
    if 200 <= code < 300:  # noqa: PLR2004
        return Answer.ACCEPTED
    if 500 <= code < 600:  # noqa: PLR2004
        return Answer.REFUSED
    return Answer.DEFERRED


def classify_session_reply(code: int) -> Answer:
    """What a failing reply to the greeting, EHLO, STARTTLS, AUTH or MAIL says.

    All the messages of a mailing share these, so a final no to one is a no to all.
    """
    is_final = classify_reply(code) in {Answer.REFUSED, Answer.HALTED}
    return Answer.HALTED if is_final else Answer.UNREACHABLE


def is_closing(code: int) -> bool:
    """True when the relay announces that it closes the connection."""
    return code == _SERVICE_CLOSING


def next_wait(attempt: int, *, jitter: float) -> timedelta:
    """The wait after the `attempt`th try (from 1): about a minute, doubling up to four hours.

    `jitter`, from 0 to 1, spreads it by a quarter either way so that retries do not arrive at once.
    """
    doubled = _FIRST_WAIT * (1 << min(attempt - 1, 20))
    return min(doubled, _LONGEST_WAIT) * (0.75 + 0.5 * jitter)


def next_attempt(
    *, attempt: int, first_attempt_at: datetime, now: datetime, patience: timedelta, jitter: float
) -> datetime | None:
    """When to try again after a deferral, the last time at the deadline; None once it has passed.

    `patience` runs from the first attempt: a recipient never tried does not expire.
    """
    deadline = first_attempt_at + patience
    if now >= deadline:
        return None
    return min(now + next_wait(attempt, jitter=jitter), deadline)


def settled_outcome(outcome: Outcome, *, is_interrupted: bool) -> Outcome:
    """The outcome to write in the ledger for good.

    The rule `resend_interrupted`: a message whose first sending was cut short is sent again under
    the same Message-ID, and whatever comes next the reader has it once or twice: uncertain.
    """
    return Outcome.UNCERTAIN if is_interrupted else outcome


@dataclass(frozen=True)
class Ledger:
    """How many recipients of one mailing stand where. `pending` holds those being sent."""

    number: int
    audience: int
    accepted: int = 0
    refused: int = 0
    suppressed: int = 0
    expired: int = 0
    uncertain: int = 0
    pending: int = 0

    @property
    def settled(self) -> int:
        """Recipients whose outcome will not change."""
        return self.accepted + self.refused + self.suppressed + self.expired + self.uncertain

    @property
    def is_closed(self) -> bool:
        """True when nobody waits any more."""
        return self.pending == 0 and self.is_balanced

    @property
    def is_balanced(self) -> bool:
        """The identity that always holds: everybody in the audience stands in one column."""
        return self.audience == self.settled + self.pending


def ledger_line(ledger: Ledger) -> str:
    """The ledger in one line of French; those waiting are named only while there are some."""
    line = (
        f"lettre {ledger.number} : {ledger.audience} adresses = {ledger.accepted} acceptées"
        f" + {ledger.refused} refusées + {ledger.suppressed} retirées"
        f" + {ledger.expired} expirées + {ledger.uncertain} incertaines"
    )
    return f"{line} + {ledger.pending} en attente" if ledger.pending else line
