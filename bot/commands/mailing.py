"""The mail server of an installation, as its configuration and its secrets name it."""

import os
from collections.abc import Mapping

from bot.config import Installation, read_mail_password
from bot.transports.mail import Relay


def relay_of(
    installation: Installation, environment: Mapping[str, str] = os.environ
) -> Relay | None:
    """Give the server; None where no mail is sent.

    Raises ConfigError where its password is needed and cannot be read.
    """
    mail = installation.config.mail
    if not mail.host or not mail.sender:
        return None
    return Relay(
        mail.host,
        mail.port,
        mail.security,
        mail.sender,
        mail.user,
        read_mail_password(installation, environment),
    )
