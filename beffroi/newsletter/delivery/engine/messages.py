"""One letter as RFC 5322 messages: encoded once, then joined to each recipient's own lines.

Everything is 7-bit: headers as encoded words, both parts as quoted-printable. A soft line break on
either side of a slot lets a token be put there without encoding the part again.
"""

from __future__ import annotations

import binascii
import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from ..rules import TOKEN_SLOT, Letter

_SOFT_BREAK = b"=\r\n"


class Composer:
    """Writes the messages of one letter."""

    def __init__(self, letter: Letter) -> None:
        boundary = b"=_" + hashlib.sha256((letter.html + letter.text).encode()).hexdigest().encode()
        self._unsubscribe = letter.unsubscribe_url.split(TOKEN_SLOT)
        self._fixed_headers = _fixed_headers(letter) + _field(
            b"Content-Type", b'multipart/alternative;\r\n boundary="' + boundary[:40] + b'"'
        )
        self._pieces = _alternatives(letter, boundary[:40]).split(TOKEN_SLOT.encode())

    def compose(self, *, address: str, token: str, message_id: str, date: datetime) -> bytes:
        """The whole message for one recipient, with CRLF line ends, dots not yet doubled."""
        own = (
            _field(b"To", _addr_spec(address))
            + _field(b"Date", format_datetime(date).encode())
            + _field(b"Message-ID", message_id.encode())
            + _field(b"List-Unsubscribe", b"<" + token.join(self._unsubscribe).encode() + b">")
        )
        return own + self._fixed_headers + b"\r\n" + token.encode().join(self._pieces)


def _fixed_headers(letter: Letter) -> bytes:
    """The header fields that are the same for everybody, encoded by the standard library."""
    headers = EmailMessage(policy=SMTP)
    user, _, domain = letter.sender.address.rpartition("@")
    headers["From"] = Address(letter.sender.name, user, domain)
    if letter.sender.reply_to:
        headers["Reply-To"] = letter.sender.reply_to
    headers["Subject"] = letter.subject
    headers["List-Id"] = f"<{letter.list_id}>"
    headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    headers["MIME-Version"] = "1.0"
    return headers.as_bytes().removesuffix(b"\r\n")


def _field(name: bytes, value: bytes) -> bytes:
    return name + b": " + value + b"\r\n"


def _addr_spec(address: str) -> bytes:
    """The address as the To field writes it; raw UTF-8 only where SMTPUTF8 will be needed."""
    return ascii_domain(address).encode()


def ascii_domain(address: str) -> str:
    """The address with its domain in ASCII form, which every relay understands."""
    user, _, domain = address.rpartition("@")
    try:
        return f"{user}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return address


def _alternatives(letter: Letter, boundary: bytes) -> bytes:
    """The body: text first, HTML last, as RFC 2046 orders alternatives. Slots stand unencoded."""
    parts = ((b"text/plain", letter.text), (b"text/html", letter.html))
    return b"".join(
        b"--" + boundary + b"\r\n"
        + _field(b"Content-Type", kind + b"; charset=utf-8")
        + _field(b"Content-Transfer-Encoding", b"quoted-printable")
        + b"\r\n" + _quoted_printable(content) + b"\r\n"
        for kind, content in parts
    ) + b"--" + boundary + b"--\r\n"  # fmt: skip


def _quoted_printable(content: str) -> bytes:
    pieces = content.replace("\r\n", "\n").replace("\r", "\n").split(TOKEN_SLOT)
    encoded = [_encode(piece) for piece in pieces]
    return (_SOFT_BREAK + TOKEN_SLOT.encode() + _SOFT_BREAK).join(encoded)


def _encode(piece: str) -> bytes:
    """Quoted-printable, leaving on each line the room that a closing soft break needs."""
    lines = binascii.b2a_qp(piece.encode(), istext=True).split(b"\n")
    return b"\r\n".join(_shorten(line) for line in lines)


def _shorten(line: bytes, longest: int = 75) -> bytes:
    """`b2a_qp` may fill the 76 columns of a last line, where `=` would have no room left."""
    if len(line) <= longest or line.endswith(b"="):
        return line
    cut = longest - 3
    while b"=" in line[cut - 2 : cut]:
        cut -= 1
    return line[:cut] + _SOFT_BREAK + line[cut:]
