"""A real SMTP server on 127.0.0.1 that misbehaves as told and counts what it takes."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

# What to do instead of answering, where a reply would stand.
DROP = "DROP"


@dataclass
class Taken:
    """One message that the sink took charge of."""

    sender: str
    recipient: str
    content: bytes

    @property
    def message(self) -> EmailMessage:
        parsed = message_from_bytes(self.content, policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @property
    def message_id(self) -> str:
        head = self.content.split(b"\r\n\r\n", 1)[0]
        return next(
            line.split(b": ", 1)[1].decode()
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"message-id: ")
        )


@dataclass
class Sink:
    """`at_*` hold, by address, the answers to give in turn before the normal one; "*" for all."""

    port: int = 0
    delay: float = 0
    taken: list[Taken] = field(default_factory=list)
    at_mail: dict[str, list[str]] = field(default_factory=dict)
    at_rcpt: dict[str, list[str]] = field(default_factory=dict)
    at_data: dict[str, list[str]] = field(default_factory=dict)
    # The message is taken all the same where the answer after the final dot is DROP.
    at_dot: dict[str, list[str]] = field(default_factory=dict)
    on_rcpt: Callable[[str], None] = lambda _address: None
    connections: int = 0

    def answer(self, stage: dict[str, list[str]], address: str) -> str | None:
        """The next scripted answer at a stage, None for the normal one."""
        for key in (address, "*"):
            if stage.get(key):
                return stage[key].pop(0)
        return None

    @property
    def copies(self) -> Counter[str]:
        """How many times each address got the letter."""
        return Counter(message.recipient for message in self.taken)

    # The names below are aiosmtpd's.
    async def handle_MAIL(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        scripted = self.answer(self.at_mail, address)
        if scripted:
            return self._play(server, scripted)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 ok"

    async def handle_RCPT(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        self.on_rcpt(address)
        scripted = self.answer(self.at_rcpt, address)
        if scripted:
            return self._play(server, scripted)
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(self.delay)
        address = envelope.rcpt_tos[0]
        scripted = self.answer(self.at_dot, address)
        if scripted in {None, DROP}:
            self.taken.append(Taken(envelope.mail_from, address, envelope.content))
        return self._play(server, scripted) if scripted else "250 ok: queued"

    def _play(self, server: Any, scripted: str) -> str:
        if scripted == DROP:
            server.transport.abort()
        return scripted


class _Server(SMTP):
    """aiosmtpd's server, with a scripted answer to DATA itself and a count of connections."""

    envelope: Any
    transport: Any

    def connection_made(self, transport: Any) -> None:
        self.event_handler.connections += 1
        super().connection_made(transport)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        address = self.envelope.rcpt_tos[0] if self.envelope.rcpt_tos else ""
        scripted = self.event_handler.answer(self.event_handler.at_data, address)
        if scripted == DROP:
            self.transport.abort()
        elif scripted:
            await self.push(scripted)
        else:
            await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)


@contextmanager
def running_sink(**options: Any) -> Iterator[Sink]:
    """A sink on a free port of 127.0.0.1; `options` go to aiosmtpd's server."""
    sink = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        sink.port = probe.getsockname()[1]
    options = {"ready_timeout": 30, "enable_SMTPUTF8": True} | options
    controller = _Controller(sink, hostname="127.0.0.1", port=sink.port, **options)
    controller.start()
    # The controller itself connects once to see that it listens.
    sink.connections = 0
    try:
        yield sink
    finally:
        controller.stop()


def accept_only(user: bytes, password: bytes) -> Callable[..., AuthResult]:
    """An authenticator for aiosmtpd that knows one account."""

    def authenticate(_server: Any, _session: Any, _env: Any, _mech: Any, data: Any) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (user, password), handled=False)

    return authenticate
