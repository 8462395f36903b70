"""The transport against relays that want, lack or break something."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from beffroi.newsletter.delivery.engine.transport import Parcel, Reply
from beffroi.newsletter.delivery.rules import Answer

from .factories import transport_to
from .sink import DROP, Sink, accept_only, running_sink

MESSAGE = b"Subject: a\r\n\r\n.un point\r\n..deux\r\n.\r\nfin\r\n"


def parcel(n: int = 1, recipient: str = "maire@ville.test") -> Parcel:
    return Parcel(n, "lettre@lettre.test", recipient, MESSAGE)


def submit(port: int, *parcels: Parcel, **changes: Any) -> list[Reply]:
    transport = transport_to(port, **changes)
    try:
        return list(transport.submit(parcels or (parcel(),)))
    finally:
        transport.close()


@contextmanager
def stubborn_server(*lines: bytes) -> Iterator[int]:
    """A server that says these lines, one per thing it hears, and hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            while True:
                peer, _ = listener.accept()
                with peer:
                    for line in lines:
                        peer.sendall(line)
                        if not peer.recv(65536):
                            break
        except OSError:
            return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def test_the_message_arrives_to_the_byte_leading_dots_included(sink: Sink) -> None:
    (reply,) = submit(sink.port)
    assert reply == Reply(1, Answer.ACCEPTED, 250, "ok: queued")
    assert sink.taken[0].content == MESSAGE


def test_sends_accented_addresses_where_the_relay_takes_them(sink: Sink) -> None:
    replies = submit(sink.port, parcel(1, "élu@münchen.test"), parcel(2))
    assert [reply.answer for reply in replies] == [Answer.ACCEPTED, Answer.ACCEPTED]
    assert sink.taken[0].recipient == "élu@xn--mnchen-3ya.test"


def test_refuses_an_accented_address_alone_where_the_relay_cannot() -> None:
    with running_sink(enable_SMTPUTF8=False) as sink:
        replies = submit(sink.port, parcel(1, "élu@ville.test"), parcel(2))
    assert [(reply.answer, reply.code) for reply in replies] == [
        (Answer.REFUSED, 553),
        (Answer.ACCEPTED, 250),
    ]
    assert sink.connections == 1


def test_takes_nothing_more_after_a_halt(sink: Sink) -> None:
    sink.at_mail = {"*": ["530 qui êtes-vous"]}
    taken: list[int] = []

    def parcels() -> Iterator[Parcel]:
        for n in range(3):
            taken.append(n)
            yield parcel(n)

    transport = transport_to(sink.port)
    assert [reply.answer for reply in transport.submit(parcels())] == [Answer.HALTED]
    transport.close()
    assert taken == [0]


def test_opens_an_idle_connection_again_without_losing_the_message(sink: Sink) -> None:
    transport = transport_to(sink.port)
    list(transport.submit([parcel(1)]))
    sink.at_mail = {"*": ["421 trop tard"]}
    (reply,) = transport.submit([parcel(2)])
    transport.close()
    assert (reply.answer, sink.connections) == (Answer.ACCEPTED, 2)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
def test_signs_in_where_the_relay_asks() -> None:
    with running_sink(
        auth_required=True, auth_require_tls=False, authenticator=accept_only(b"moi", b"secret")
    ) as sink:
        (good,) = submit(sink.port, user="moi", password="secret")
        (bad,) = submit(sink.port, user="moi", password="autre")
        (none,) = submit(sink.port)
    assert good.answer == Answer.ACCEPTED
    assert (bad.answer, bad.code) == (Answer.HALTED, 535)
    assert bad.text.startswith("Le relais refuse l’identification : 535")
    assert (none.answer, none.code) == (Answer.HALTED, 530)


def test_halts_where_starttls_is_wanted_and_not_offered(sink: Sink) -> None:
    (reply,) = submit(sink.port, starttls=True)
    assert reply.answer == Answer.HALTED
    assert "ne s’entendent pas" in reply.text


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody knows, with its key."""
    path = tmp_path_factory.mktemp("tls") / "relay.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=relay", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", path, "-out", path],
        check=True, capture_output=True,
    )  # fmt: skip
    return path


def test_a_certificate_is_always_verified(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with running_sink(tls_context=context, require_starttls=True) as sink:
        (unknown,) = submit(sink.port, starttls=True)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        (known,) = submit(sink.port, starttls=True)
    assert unknown.answer == Answer.HALTED
    assert unknown.text.startswith("Le certificat du relais n’est pas valable")
    assert known.answer == Answer.ACCEPTED


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        ((b"554 pas ici\r\n",), Answer.HALTED),
        ((b"421 surcharge\r\n",), Answer.UNREACHABLE),
        ((b"bonjour\r\n",), Answer.UNREACHABLE),
        ((b"",), Answer.UNREACHABLE),
        ((b"220 a\r\n", b"\xff\xfe\r\n"), Answer.UNREACHABLE),
        ((b"220 a\r\n", b"250 a\r\n", b"250 ok\r\n", b"999 quoi\r\n"), Answer.DEFERRED),
    ],
)
def test_a_session_that_goes_wrong_refuses_nobody(lines: tuple[bytes, ...], answer: Answer) -> None:
    with stubborn_server(*lines) as port:
        (reply,) = submit(port, timeout=1)
    assert reply.answer == answer


@pytest.mark.parametrize("last", [b"n'importe quoi\r\n", b"", b"2"])
def test_a_meaningless_answer_to_the_final_dot_is_a_doubt(last: bytes) -> None:
    session = (b"220 a\r\n", b"250 a\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 va\r\n")
    with stubborn_server(*session, last) as port:
        (reply,) = submit(port, timeout=1, last_timeout=1)
    assert reply.answer == Answer.UNANSWERED


def test_stops_when_every_connection_is_lost(sink: Sink) -> None:
    sink.at_dot = {"*": [DROP] * 9}
    replies = submit(sink.port, *(parcel(n) for n in range(9)))
    assert [reply.answer for reply in replies] == [Answer.UNANSWERED] * 3 + [Answer.UNREACHABLE]
    assert len(sink.taken) == 3
