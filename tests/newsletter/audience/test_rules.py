"""Addresses, quotas and seals, decided from values alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.newsletter.audience import rules

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
KEY = b"k" * 32


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("  Jeanne.Martin@Mairie.FR ", "jeanne.martin@mairie.fr"),
        ("maire+lettre@commune.fr", "maire+lettre@commune.fr"),
        ("contact@Château-Thierry.fr", "contact@xn--chteau-thierry-chb.fr"),
        ("contact@xn--chteau-thierry-chb.fr", "contact@xn--chteau-thierry-chb.fr"),
        ("contact@CHÂTEAU-THIERRY.fr", "contact@xn--chteau-thierry-chb.fr"),
    ],
)
def test_reads_one_address_under_one_key(typed: str, key: str) -> None:
    assert rules.parse_address(typed).key == key


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "vide"),
        ("jeanne", "signe @"),
        ("élise@mairie.fr", "accentuées"),
        ("jeanne@mairie", "fin de l’adresse"),
        ("a" * 65 + "@mairie.fr", "trop longue"),
        ("a" * 64 + "@" + "b" * 252 + ".fr", "trop longue"),
        ("jeanne@mairie.fr\nBcc: autre@mairie.fr", "pas une adresse"),
        ("jeanne\r\n@mairie.fr", "pas une adresse"),
        ("Jeanne <jeanne@mairie.fr>", "pas une adresse"),
        ("jeanne@mairie.fr,autre@mairie.fr", "pas une adresse"),
        ("jeanne@[127.0.0.1]", "fin de l’adresse|pas une adresse"),
        ("jeanne\x00@mairie.fr", "pas une adresse"),
    ],
)
def test_says_why_an_address_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(rules.AddressRefused, match=reason):
        rules.parse_address(typed)


@given(st.text(max_size=400))
def test_never_lets_a_line_break_or_a_second_address_through(text: str) -> None:
    try:
        address = rules.parse_address(text)
    except rules.AddressRefused:
        return
    carried = rules.mail_address(email=address.email, address_key=address.key)
    assert carried.isascii()
    assert carried.count("@") == 1
    assert not set(carried) & set("\r\n\0 ,;<>")


def test_keeps_the_name_as_typed_and_the_domain_in_ascii_for_the_relay() -> None:
    address = rules.parse_address("Maire.Adjointe@Château.fr")
    assert address.email == "Maire.Adjointe@château.fr"
    carried = rules.mail_address(email=address.email, address_key=address.key)
    assert carried == "Maire.Adjointe@xn--chteau-xta.fr"


@pytest.mark.parametrize(
    ("minutes_ago", "may"),
    [
        ([], True),
        ([59], False),
        ([60], True),
        ([60, 120, 180, 240], True),
        ([60, 120, 180, 240, 300], False),
        ([60, 120, 180, 240, 24 * 60], True),
    ],
)
def test_mails_one_confirmation_an_hour_and_five_a_day(minutes_ago: list[int], may: bool) -> None:
    sent = [NOON - timedelta(minutes=minutes) for minutes in minutes_ago]
    assert rules.may_ask_again(sent_at=sent, at=NOON) is may


@pytest.mark.parametrize(
    ("age", "refusal"),
    [
        (timedelta(seconds=1), "too_fast"),
        (timedelta(seconds=2), None),
        (timedelta(days=1), None),
        (timedelta(days=1, seconds=1), "too_old"),
        (None, "too_old"),
    ],
)
def test_tells_a_robot_from_a_person_by_time(age: timedelta | None, refusal: str | None) -> None:
    opened_at = None if age is None else NOON - age
    assert rules.form_refusal(opened_at=opened_at, at=NOON) == refusal


@given(st.uuids())
def test_seals_in_43_characters_that_only_the_key_opens(uid: UUID) -> None:
    token = rules.seal(uid, key=KEY)
    assert len(token) == 43
    assert rules.unseal(token, keys=[b"older", KEY]) == uid
    assert rules.unseal(token, keys=[b"another"]) is None


@given(st.uuids(), st.integers(0, 42), st.characters(codec="utf-8"))
def test_opens_no_seal_with_one_character_changed(uid: UUID, place: int, letter: str) -> None:
    token = rules.seal(uid, key=KEY)
    altered = token[:place] + letter + token[place + 1 :]
    assert (rules.unseal(altered, keys=[KEY]) is None) == (altered != token)


@given(st.text(max_size=60))
def test_opens_no_text_made_up(text: str) -> None:
    assert rules.unseal(text, keys=[KEY]) is None


def test_no_text_someone_agreed_to_was_edited() -> None:
    prints = {"2026-11": "fbb98c30648a88bd"}
    for version, fingerprint in prints.items():
        assert sha256(rules.wording(version).encode()).hexdigest()[:16] == fingerprint
    assert rules.CURRENT_WORDING in prints


def test_the_stronger_reason_prevails() -> None:
    assert rules.strongest(["objection", "unsubscribed"]) == "objection"
    assert rules.strongest(["bounced", "erased", "complaint"]) == "erased"
