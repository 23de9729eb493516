"""The bot's account: is its token there, does it work, and does its name keep quiet."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.commands.doctor.finding import Finding, fault, mind, ok, refused
from bot.config import Installation, read_token
from bot.errors import PolsslagError
from bot.transports.telegram import Account, who_is

_TELLING: Final = ("bijstand", "uitkering", "schuld", "minima", "benefit", "debt")
"""In a list of chats, one of these tells whoever looks along what somebody lives on."""


async def check_token(
    installation: Installation, environment: Mapping[str, str], *, is_offline: bool
) -> list[Finding]:
    """Say whether the token is there, and whether Telegram knows it."""
    try:
        token = read_token(installation, environment)
        if is_offline:
            return [ok("token-not-asked")]
        account = await who_is(token, installation.config.telegram.base_url)
    except PolsslagError as error:
        return [refused(error)]
    return list(_account(account, installation.config.telegram.bot))


def _account(account: Account, named: str) -> Iterator[Finding]:
    if named and account.username.casefold() != named.casefold():
        # Invitations would open the chat of somebody else's bot.
        yield fault("other-bot", named=named, found=account.username)
    else:
        yield ok("token", name=account.username)
    shown = f"{account.username} {account.name}".casefold()
    if any(word in shown for word in _TELLING):
        yield mind("telling-name", name=account.name, username=account.username)
    if account.reads_groups:
        yield mind("reads-groups")
