"""Four eyes: the rule that decides who may approve what."""

from __future__ import annotations

from typing import Any

import pytest

from beffroi.newsletter.issues.rules import ApprovalRefusal, approval_refusal

EDITOR, DIRECTOR = 1, 2


def refusal(**changed: Any) -> ApprovalRefusal | None:
    facts: dict[str, Any] = {
        "is_entitled": True,
        "approver_id": DIRECTOR,
        "author_id": EDITOR,
        "seen_hash": "a" * 64,
        "current_hash": "a" * 64,
        "earlier_approver_ids": set(),
    }
    return approval_refusal(**{**facts, **changed})


def test_lets_an_entitled_person_approve_what_they_saw() -> None:
    assert refusal() is None


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"is_entitled": False}, ApprovalRefusal.NOT_ENTITLED),
        ({"current_hash": None}, ApprovalRefusal.NOT_SCHEDULED),
        ({"current_hash": "b" * 64}, ApprovalRefusal.CONTENT_CHANGED),
        ({"author_id": DIRECTOR}, ApprovalRefusal.OWN_WORK),
        ({"earlier_approver_ids": {DIRECTOR}}, ApprovalRefusal.ALREADY_APPROVED),
    ],
)
def test_refuses_and_states_the_fact(changed: dict[str, Any], expected: ApprovalRefusal) -> None:
    assert refusal(**changed) is expected


def test_counts_only_the_approvals_it_is_given() -> None:
    assert refusal(earlier_approver_ids={EDITOR}) is None
