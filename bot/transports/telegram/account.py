"""Which account a token belongs to: one question, asked once, without serving."""

from dataclasses import dataclass

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.errors import ConfigError, TransportError
from bot.transports.telegram.request import hush, open_request


@dataclass(frozen=True, slots=True)
class Account:
    """What Telegram shows of the bot.

    Args:
        username: the name in links, without @.
        name: the name above the chat.
        reads_groups: gets every message of its groups, not only those meant for it.
    """

    username: str
    name: str
    reads_groups: bool


async def who_is(token: str, base_url: str) -> Account:
    """Ask Telegram whose token this is.

    Raises:
        ConfigError: nobody's.
        TransportError: Telegram does not answer.
    """
    hush()
    request = open_request(base_url, 1)
    await request.initialize()
    try:
        me = await Bot(token, base_url, request=request).get_me()
    except InvalidToken:
        raise ConfigError("telegram-token-refused") from None
    except (TelegramError, KeyError):
        # Without its cause, which may hold the address and so the token.
        raise TransportError("telegram-unreachable", url=base_url) from None
    finally:
        await request.shutdown()
    return Account(
        me.username or "", me.first_name, bool(me.can_read_all_group_messages)
    )
