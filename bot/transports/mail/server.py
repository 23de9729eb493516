"""The mail server: where it is, how it is spoken to, and what its answers mean."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from bot.errors import ConfigError, TransportError

_SECONDS: Final = 60.0
DATA_SECONDS: Final = 120.0
"""A server may look long at a letter before it takes it."""


@dataclass(frozen=True, slots=True)
class Relay:
    """The server that takes the mail.

    Args:
        security: `starttls`, `tls`, or `none` for a server on this machine.
        sender: the address that letters come from.
        user: empty where nobody logs in.
        trust: whose certificates count; None for those that the system trusts.
    """

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    trust: ssl.SSLContext | None = field(default=None, repr=False)

    @asynccontextmanager
    async def line(self) -> AsyncIterator[SMTP]:
        """Open a line, encrypted and logged in as it must be; close it in the end.

        Raises `SMTPException` or `OSError`; nothing was sent then.
        """
        client = SMTP(
            hostname=self.host,
            port=self.port,
            use_tls=self.security == "tls",
            # Never "if the server can": who listens in would say that it cannot.
            start_tls=self.security == "starttls",
            username=self.user or None,
            password=self.password or None,
            tls_context=self.trust,
            # Else the name of this machine is looked up and told.
            local_hostname=self.sender.rpartition("@")[2],
            timeout=_SECONDS,
        )
        try:
            await client.connect()
            yield client
        finally:
            client.close()


def is_for_good(refusal: SMTPResponseException) -> bool:
    """Say whether a refusal is one that waiting does not mend."""
    return refusal.code >= 500


def is_refusal(answer: SMTPResponseException) -> bool:
    """Say whether an answer says no, and not something that nobody understands."""
    return answer.code >= 400


async def hang_up(client: SMTP) -> None:
    """Take leave; a server that does not answer that is no matter."""
    try:
        await client.quit()
    except (SMTPException, OSError):
        client.close()


async def greet(relay: Relay) -> None:
    """See whether the server can be reached, and takes the user and the password.

    Raises:
        ConfigError: it refuses them.
        TransportError: it cannot be reached, or not in the way that was asked for.
    """
    try:
        async with relay.line() as client:
            await hang_up(client)
    except SMTPAuthenticationError:
        # Without its cause, in which the server may repeat what it was told.
        raise ConfigError("mail-login-refused", host=relay.host) from None
    except (SMTPException, OSError):
        raise TransportError(
            "mail-unreachable",
            host=relay.host,
            port=relay.port,
            security=relay.security,
        ) from None


LOST: Final = (SMTPServerDisconnected, OSError)
"""Raised where the line broke or went silent; a timeout is an `OSError` too."""
