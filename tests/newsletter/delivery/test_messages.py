"""Messages, read back by the standard library's parser."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.newsletter.delivery.engine.messages import Composer
from beffroi.newsletter.delivery.rules import TOKEN_SLOT, Letter, Sender

from .factories import LETTER, NOON

# What an author or a template may write; a lone carriage return is a line end like the others.
TEXTS = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=("Cs", "Cc"))),
        st.sampled_from([TOKEN_SLOT, "\n", "\n.\n", ".", "=", "a" * 200, "é" * 90, " \n", "From "]),
    ),
    max_size=12,
).map("".join)


def compose(letter: Letter, address: str = "maire@ville.test", signed: str = "jeton") -> bytes:
    return Composer(letter).compose(
        address=address, token=signed, message_id="<1@lettre.test>", date=NOON
    )


def parse(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    return message


def test_carries_the_headers_that_bulk_receivers_ask_for() -> None:
    message = parse(compose(LETTER))
    assert message["From"] == "La lettre <lettre@lettre.test>"
    assert message["To"] == "maire@ville.test"
    assert message["Reply-To"] == "reponse@lettre.test"
    assert message["Subject"] == LETTER.subject
    assert message["Date"].datetime == NOON
    assert message["Message-ID"] == "<1@lettre.test>"
    assert message["List-Id"] == "<lettre.lettre.test>"
    assert message["List-Unsubscribe"] == "<https://lettre.test/d/jeton/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["MIME-Version"] == "1.0"
    assert message.get_content_type() == "multipart/alternative"


def test_has_no_reply_to_where_answers_go_to_the_sender() -> None:
    letter = replace(LETTER, sender=Sender("La lettre", "lettre@lettre.test"))
    assert "Reply-To" not in parse(compose(letter))


@given(html=TEXTS, text=TEXTS, token=st.from_regex(r"[A-Za-z0-9._~:=-]{1,80}", fullmatch=True))
def test_both_parts_read_back_with_the_readers_token(html: str, text: str, token: str) -> None:
    raw = compose(replace(LETTER, html=html, text=text), signed=token)
    plain, rich = parse(raw).iter_parts()
    assert (plain.get_content_type(), rich.get_content_type()) == ("text/plain", "text/html")
    for part, content in ((plain, text), (rich, html)):
        assert part["Content-Transfer-Encoding"] == "quoted-printable"
        expected = content.replace(TOKEN_SLOT, token).replace("\n", "\r\n")
        assert part.get_payload(decode=True) == expected.encode()


@given(html=TEXTS, text=TEXTS)
def test_is_seven_bit_with_short_lines_and_crlf(html: str, text: str) -> None:
    raw = compose(replace(LETTER, html=html, text=text))
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))).map(str.strip))
def test_any_subject_and_name_read_back(words: str) -> None:
    letter = replace(LETTER, subject=words, sender=Sender(words, "lettre@lettre.test"))
    raw = compose(letter)
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    message = parse(raw)
    assert message["From"].addresses[0].addr_spec == "lettre@lettre.test"
    assert "".join(str(message["Subject"]).split()) == "".join(words.split())


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("maire@münchen.test", "maire@xn--mnchen-3ya.test"),
        ("maire@MAIRIE.test", "maire@MAIRIE.test"),
    ],
)
def test_writes_accented_domains_in_ascii(address: str, written: str) -> None:
    assert parse(compose(LETTER, address=address))["To"] == written
