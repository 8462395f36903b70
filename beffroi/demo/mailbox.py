"""The demonstration's mailbox: a real SMTP server on loopback that files into a Maildir."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_PARSER = BytesParser(policy=policy.default)


class PortTaken(Exception):
    """Something else listens there already."""


@dataclass(frozen=True)
class FiledMessage:
    """A message in the box; `key` is its file name."""

    key: str
    message: EmailMessage

    @property
    def html(self) -> str:
        """The HTML part, or an empty text."""
        part = self.message.get_body(("html",))
        return str(part.get_content()) if part else ""

    @property
    def text(self) -> str:
        """The plain text part, or an empty text."""
        part = self.message.get_body(("plain",))
        return str(part.get_content()) if part else ""


class _Filing:
    """Files each message as Maildir asks: written aside, then moved into `new`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        """Answer 250 only once the message lies in the box."""
        self.count += 1
        name = f"{time.time_ns()}.{os.getpid()}_{self.count}.beffroi"
        content = envelope.original_content or b""
        (self.folder / "tmp" / name).write_bytes(content)
        (self.folder / "tmp" / name).rename(self.folder / "new" / name)
        return "250 2.0.0 Rangé"


@contextmanager
def open_mailbox(folder: Path, *, host: str, port: int) -> Iterator[None]:
    """Receive mail on `host:port` for as long as the context lasts.

    Raises PortTaken.
    """
    for name in ("tmp", "new", "cur"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    controller = Controller(_Filing(folder), hostname=host, port=port, data_size_limit=10_000_000)
    try:
        controller.start()
    except OSError as taken:
        controller.loop.close()
        raise PortTaken(port) from taken
    try:
        yield
    finally:
        controller.stop()


def message_keys(folder: Path) -> list[str]:
    """The messages' keys, newest first."""
    return sorted((path.name for path in (folder / "new").glob("*.beffroi")), reverse=True)


def find_message(folder: Path, key: str) -> FiledMessage | None:
    """The message filed under `key`, looked for in the box alone."""
    path = folder / "new" / Path(key).name
    if path.suffix != ".beffroi" or not path.is_file():
        return None
    return FiledMessage(key, _PARSER.parsebytes(path.read_bytes()))
