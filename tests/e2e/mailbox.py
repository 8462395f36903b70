"""A real SMTP server on the loopback that keeps the messages it receives."""

from __future__ import annotations

import socket
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller

PATIENCE = 60.0


class Mailbox:
    """Every message received, with the addresses of its envelope."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        with socket.socket() as probe:
            probe.bind((self.host, 0))
            self.port: int = probe.getsockname()[1]
        self._controller = Controller(self, hostname=self.host, port=self.port)

    def __enter__(self) -> Mailbox:
        self._controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._controller.stop()

    async def handle_DATA(  # noqa: N802 - the name aiosmtpd calls
        self,
        server: Any,  # noqa: ARG002
        session: Any,  # noqa: ARG002
        envelope: Any,
    ) -> str:
        """Keep one message."""
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.messages.append(message)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """The messages received for an address."""
        pairs = zip(self.messages, self.recipients, strict=True)
        return [message for message, recipients in pairs if address in recipients]

    def wait_for(self, address: str, *, count: int = 1) -> EmailMessage:
        """The latest message for an address, once `count` have come."""
        until = time.monotonic() + PATIENCE
        while len(self.to(address)) < count:
            assert time.monotonic() < until, f"aucun message pour {address}"
            time.sleep(0.02)
        return self.to(address)[-1]


def text_of(message: EmailMessage, kind: str) -> str:
    """The body of a message: `plain` or `html`."""
    part = message.get_body(preferencelist=(kind,))
    assert part is not None, f"le message n'a pas de partie {kind}"
    return str(part.get_content())
