"""The mail server: is it there, does it take our word, and is the line closed."""

from collections.abc import Mapping

from bot.commands.doctor.finding import Finding, mind, ok, refused
from bot.commands.mailing import relay_of
from bot.config import Installation
from bot.errors import PolsslagError
from bot.transports.mail import greet


async def check_mail(
    installation: Installation, environment: Mapping[str, str], *, is_offline: bool
) -> list[Finding]:
    """Say whether mail can be sent; nothing where none is to be sent."""
    count = len(set(installation.config.digest.mail))
    try:
        relay = relay_of(installation, environment)
        if relay is None:
            return []
        if is_offline:
            return [ok("mail-not-asked", host=relay.host, count=count)]
        await greet(relay)
    except PolsslagError as error:
        return [refused(error)]
    if not count:
        return [mind("mail-to-nobody", host=relay.host)]
    return [ok("mail", host=relay.host, sender=relay.sender, count=count)]
