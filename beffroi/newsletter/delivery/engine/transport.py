"""How a worker hands messages over: the contract, and SMTP over one connection kept open."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from ..rules import Answer, classify_reply, classify_session_reply, is_closing
from .messages import ascii_domain

_LEADING_DOT = re.compile(rb"(?m)^\.")
_READY_FOR_MESSAGE = 354
_OK = 250


@dataclass(frozen=True)
class Parcel:
    """One message ready to leave; `key` comes back with what became of it."""

    key: int
    sender: str
    recipient: str
    message: bytes


@dataclass(frozen=True)
class Reply:
    """What became of one parcel: the relay's code (0 where it said nothing) and words."""

    key: int
    answer: Answer
    code: int
    text: str


class Transport(Protocol):
    """Takes parcels one after the other, as it is ready to submit each, and says what became.

    After an answer UNREACHABLE or HALTED it takes no further parcel. A parcel taken and never
    answered for may have been submitted.
    """

    @property
    def patience(self) -> timedelta:
        """The longest that one submission may take."""
        ...

    def submit(self, parcels: Iterable[Parcel]) -> Iterator[Reply]:
        """Submit each parcel and give its reply, in any order."""
        ...

    def close(self) -> None:
        """Leave politely; a later `submit` connects again."""
        ...


@dataclass(frozen=True)
class Relay:
    """Where messages are handed over. Times in seconds; `helo_name` is how this side calls itself.

    `last_timeout` runs after the final dot: RFC 5321 asks for ten minutes, since giving up earlier
    makes duplicates.
    """

    host: str
    port: int
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    timeout: float = 30
    last_timeout: float = 600
    helo_name: str = "localhost"


class _Failure(Exception):
    """The parcel in hand cannot go on; the connection can if `is_usable`."""

    def __init__(self, answer: Answer, code: int, text: str, *, is_usable: bool = False) -> None:
        super().__init__(text)
        self.answer, self.code, self.text, self.is_usable = answer, code, text, is_usable


class SmtpTransport:
    """SMTP by the standard library, with certificates always verified."""

    # Losing this many connections in a row means the relay is in trouble, not the messages.
    LOSSES = 3

    def __init__(self, relay: Relay) -> None:
        self.relay = relay
        self._smtp: smtplib.SMTP | None = None
        self._losses = 0

    @property
    def patience(self) -> timedelta:
        """Connection, session and envelope, then the wait after the final dot."""
        return timedelta(seconds=8 * self.relay.timeout + self.relay.last_timeout)

    def submit(self, parcels: Iterable[Parcel]) -> Iterator[Reply]:
        """Submit each parcel in turn over one connection, opened again when the relay closes it."""
        for parcel in parcels:
            reply = self._submit(parcel)
            yield reply
            if reply.answer in {Answer.UNREACHABLE, Answer.HALTED}:
                return

    def close(self) -> None:
        """Say QUIT where the connection still listens."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            try:
                smtp.quit()
            except (OSError, smtplib.SMTPException):
                smtp.close()

    def _submit(self, parcel: Parcel) -> Reply:
        try:
            self._refuse_after_losses()
            smtp = self._ready_for(parcel)
            self._name_recipient(smtp, parcel)
            code, text = self._hand_over(smtp, parcel.message)
        except _Failure as failure:
            self._recover(failure)
            return Reply(parcel.key, failure.answer, failure.code, failure.text)
        self._losses = 0
        return Reply(parcel.key, Answer.ACCEPTED, code, text)

    def _refuse_after_losses(self) -> None:
        """Stop before a relay that drops everything makes a doubt of every recipient."""
        if self._losses >= self.LOSSES:
            self._losses = 0
            text = f"Le relais a coupé {self.LOSSES} connexions de suite en cours de message."
            raise _Failure(Answer.UNREACHABLE, 0, text)

    def _recover(self, failure: _Failure) -> None:
        """Leave the connection as the next parcel needs it."""
        if failure.is_usable:
            self._losses = 0
            self._reset()
        else:
            self._drop()
            self._losses += failure.answer in {Answer.DEFERRED, Answer.UNANSWERED}

    def _ready_for(self, parcel: Parcel) -> smtplib.SMTP:
        """A connection that has taken MAIL FROM; one closed for idleness is opened again."""
        if self._smtp is not None:
            try:
                return self._name_sender(self._smtp, parcel)
            except _Failure as failure:
                if failure.answer in {Answer.HALTED, Answer.REFUSED}:
                    raise
                self._drop()
        self._smtp = self._connect()
        return self._name_sender(self._smtp, parcel)

    def _connect(self) -> smtplib.SMTP:
        relay = self.relay
        where = f"{relay.host}:{relay.port}"
        try:
            smtp = self._open_socket()
        except smtplib.SMTPConnectError as error:
            raise _session_failure("Le relais refuse la connexion", error) from error
        except ssl.SSLCertVerificationError as error:
            raise _certificate_failure(error) from error
        except (OSError, smtplib.SMTPException) as error:
            text = f"Le relais {where} ne répond pas : {error}"
            raise _Failure(Answer.UNREACHABLE, 0, text) from error
        try:
            self._open_session(smtp)
        except _Failure:
            smtp.close()
            raise
        return smtp

    def _open_socket(self) -> smtplib.SMTP:
        relay = self.relay
        if relay.tls:
            return smtplib.SMTP_SSL(
                relay.host,
                relay.port,
                local_hostname=relay.helo_name,
                timeout=relay.timeout,
                context=ssl.create_default_context(),
            )
        return smtplib.SMTP(
            relay.host, relay.port, local_hostname=relay.helo_name, timeout=relay.timeout
        )

    def _open_session(self, smtp: smtplib.SMTP) -> None:
        relay = self.relay
        try:
            smtp.ehlo_or_helo_if_needed()
            if relay.starttls:
                smtp.starttls(context=ssl.create_default_context())
                smtp.ehlo_or_helo_if_needed()
            if relay.user:
                smtp.login(relay.user, relay.password)
        except smtplib.SMTPAuthenticationError as error:
            raise _session_failure("Le relais refuse l’identification", error) from error
        except smtplib.SMTPResponseException as error:
            raise _session_failure("Le relais refuse d’ouvrir la session", error) from error
        except ssl.SSLCertVerificationError as error:
            raise _certificate_failure(error) from error
        except smtplib.SMTPServerDisconnected as error:
            raise _session_lost(error) from error
        except smtplib.SMTPException as error:
            text = f"Le relais et la configuration ne s’entendent pas : {error}"
            raise _Failure(Answer.HALTED, 0, text) from error
        except OSError as error:
            raise _session_lost(error) from error

    def _name_sender(self, smtp: smtplib.SMTP, parcel: Parcel) -> smtplib.SMTP:
        options = []
        if smtp.has_extn("size"):
            options.append(f"SIZE={len(parcel.message)}")
        if not ascii_domain(parcel.recipient).isascii():
            if not smtp.has_extn("smtputf8"):
                text = "le relais n’accepte pas les adresses accentuées"
                raise _Failure(Answer.REFUSED, 553, text, is_usable=True)
            options += ["SMTPUTF8", "BODY=8BITMIME"]
            smtp.command_encoding = "utf-8"
        else:
            smtp.command_encoding = "ascii"
        code, text = _asking(lambda: smtp.mail(parcel.sender, options))
        if code != _OK:
            answer = classify_session_reply(code)
            sentence = f"Le relais refuse l’expéditeur {parcel.sender} : {code} {text}"
            raise _Failure(answer, code, sentence)
        return smtp

    def _name_recipient(self, smtp: smtplib.SMTP, parcel: Parcel) -> None:
        code, text = _asking(lambda: smtp.rcpt(ascii_domain(parcel.recipient)))
        _check(code, text, expected=(250, 251))

    def _hand_over(self, smtp: smtplib.SMTP, message: bytes) -> tuple[int, str]:
        """DATA, the message, the final dot, the answer. Raises _Failure for any other end."""
        code, text = _asking(lambda: smtp.docmd("DATA"))
        _check(code, text, expected=(_READY_FOR_MESSAGE,))
        stuffed = _LEADING_DOT.sub(b"..", message)
        end = b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n"
        try:
            smtp.send(stuffed + end)
        except (OSError, smtplib.SMTPException) as error:
            raise _Failure(Answer.DEFERRED, 0, f"connexion perdue : {error}") from error
        code, text = self._final_answer(smtp)
        _check(code, text, expected=(_OK,))
        return code, text

    def _final_answer(self, smtp: smtplib.SMTP) -> tuple[int, str]:
        """From here on silence proves nothing: the relay may have taken the message."""
        if smtp.sock is not None:
            smtp.sock.settimeout(self.relay.last_timeout)
        try:
            code, words = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            text = f"pas de réponse après le point final : {error}"
            raise _Failure(Answer.UNANSWERED, 0, text) from error
        if smtp.sock is not None:
            smtp.sock.settimeout(self.relay.timeout)
        text = _words(words)
        if not 200 <= code < 600:  # noqa: PLR2004
            text = f"réponse incompréhensible après le point final : {code} {text}"
            raise _Failure(Answer.UNANSWERED, 0, text)
        return code, text

    def _reset(self) -> None:
        if self._smtp is not None:
            try:
                self._smtp.rset()
            except (OSError, smtplib.SMTPException):
                self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _check(code: int, text: str, *, expected: tuple[int, ...]) -> None:
    """Raise _Failure unless the reply to this parcel is the expected one."""
    if code in expected:
        return
    answer = classify_reply(code)
    if answer == Answer.HALTED:
        raise _Failure(answer, code, f"Le relais demande une identification : {code} {text}")
    if answer == Answer.ACCEPTED:
        raise _Failure(Answer.DEFERRED, 0, f"réponse hors de propos : {code} {text}")
    raise _Failure(answer, max(code, 0), text, is_usable=code > 0 and not is_closing(code))


def _asking(command: Callable[[], tuple[int, bytes]]) -> tuple[int, str]:
    """Send one command. Losing the connection before the final dot means nothing was taken."""
    try:
        code, text = command()
    except (OSError, smtplib.SMTPException) as error:
        raise _Failure(Answer.DEFERRED, 0, f"connexion perdue : {error}") from error
    return code, _words(text)


def _words(text: bytes | str) -> str:
    decoded = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return " ".join(decoded.split())


def _session_failure(sentence: str, error: smtplib.SMTPResponseException) -> _Failure:
    code, text = error.smtp_code, _words(error.smtp_error)
    return _Failure(classify_session_reply(code), max(code, 0), f"{sentence} : {code} {text}")


def _session_lost(error: OSError) -> _Failure:
    return _Failure(Answer.UNREACHABLE, 0, f"Le relais a coupé l’ouverture de session : {error}")


def _certificate_failure(error: ssl.SSLCertVerificationError) -> _Failure:
    text = f"Le certificat du relais n’est pas valable : {error.verify_message}"
    return _Failure(Answer.HALTED, 0, text)
