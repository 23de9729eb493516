"""A real mail server on this machine, that keeps what it gets and can be told to fail.

async with MailServer() as post:
    ...
    assert [letter.recipient for letter in post.letters] == ["a@example.nl"]
"""

import asyncio
import ssl
from collections import defaultdict, deque
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from types import TracebackType
from typing import Any, Self, cast

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

AUTHORITY = trustme.CA()
"""Nobody trusts it but these tests, and its key is made anew each time."""

DROP = "drop"
"""Close the line and do nothing."""
LOSE = "lose"
"""Take the letter, then close the line without an answer."""
HANG = "hang"
"""Take the letter, and never answer."""


@dataclass(frozen=True)
class Letter:
    """One letter as it came in."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """Read it as a mail program does."""
        return message_from_bytes(self.content, policy=default)

    @property
    def recipient(self) -> str:
        """Give the one whom it is for."""
        [recipient] = self.recipients
        return recipient

    @property
    def text(self) -> str:
        """Give the words, as a program without HTML shows them."""
        body = self.message.get_body(("plain",))
        assert body is not None
        return str(body.get_content()).replace("\r\n", "\n").rstrip("\n")


class MailServer:
    """The server. Use it as an async context manager.

    Args:
        security: `none`, `starttls` or `tls`.
        password: of the user `bot`; empty where nobody need log in.
    """

    def __init__(self, security: str = "none", password: str = "") -> None:
        """Prepare; nothing listens yet."""
        self.letters: list[Letter] = []
        self.commands: list[str] = []
        self.delay = 0.0
        self.port = 0
        self._security = security
        self._password = password
        self._faults: dict[str, deque[str]] = defaultdict(deque)
        self._server: asyncio.Server | None = None
        self._changed = asyncio.Event()

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening."""
        await self.stop()

    async def start(self) -> None:
        """Listen; on the same port as before, if there was one."""
        loop = asyncio.get_running_loop()
        context = None
        if self._security != "none":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            AUTHORITY.issue_cert("localhost", "127.0.0.1").configure_cert(context)
        implicit = context if self._security == "tls" else None
        self._server = await loop.create_server(
            lambda: self._session(context), "127.0.0.1", self.port, ssl=implicit
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening; what came in is kept."""
        if self._server is not None:
            self._server.close()

    def fail(self, command: str, *answers: str) -> None:
        """Let the next calls of a command fail: `451 Later`, DROP, LOSE or HANG."""
        self._faults[command].extend(answers)

    async def until(self, count: int, seconds: float = 10.0) -> None:
        """Wait until so many letters came in."""
        async with asyncio.timeout(seconds):
            while len(self.letters) < count:
                await self._changed.wait()

    def _session(self, context: ssl.SSLContext | None) -> SMTP:
        return SMTP(
            self,
            hostname="localhost",
            tls_context=context if self._security == "starttls" else None,
            require_starttls=self._security == "starttls",
            auth_required=bool(self._password),
            auth_require_tls=self._security == "starttls",
            authenticator=self._login if self._password else None,
        )

    def _login(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        mechanism: str,
        given: Any,
    ) -> AuthResult:
        wanted = LoginPassword(b"bot", self._password.encode())
        return AuthResult(success=given == wanted, handled=False)

    async def handle_MAIL(  # noqa: N802 - the server calls it so
        self, server: SMTP, _: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        """Take the sender."""
        return await self._answer(server, "MAIL") or self._accept(envelope, address)

    async def handle_RCPT(  # noqa: N802 - the server calls it so
        self, server: SMTP, _: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        """Take a recipient."""
        if fault := await self._answer(server, "RCPT"):
            return fault
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the server calls it so
        self, server: SMTP, _: Session, envelope: Envelope
    ) -> str:
        """Take a letter."""
        waiting = self._faults["DATA"]
        keeps = waiting[0] in (LOSE, HANG) if waiting else True
        letter = Letter(
            str(envelope.mail_from),
            tuple(envelope.rcpt_tos),
            cast(bytes, envelope.content),
        )
        if keeps:
            self.letters.append(letter)
            self._changed.set()
            self._changed = asyncio.Event()
        if fault := await self._answer(server, "DATA"):
            return fault
        await asyncio.sleep(self.delay)
        return "250 OK"

    def _accept(self, envelope: Envelope, address: str) -> str:
        envelope.mail_from = address
        return "250 OK"

    async def _answer(self, server: SMTP, command: str) -> str:
        self.commands.append(command)
        if not self._faults[command]:
            return ""
        fault = self._faults[command].popleft()
        if fault in (DROP, LOSE):
            cast(asyncio.Transport, server.transport).abort()
        if fault in (DROP, LOSE, HANG):
            # Until the line is gone; that ends this too.
            await asyncio.Event().wait()
        return fault
