"""The HTTP client, and the one call that the library would make too trustingly.

The token is part of every address: whatever logs addresses is silenced here.
"""

import json
import logging
import sys
from importlib.util import find_spec
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from telegram import Bot
from telegram.error import TelegramError
from telegram.request import BaseRequest, HTTPXRequest

from bot.config import is_loopback
from bot.transports.telegram.lean import of_answer
from bot.transports.telegram.settings import ALLOWED_UPDATES, BATCH

_LOUD: Final = ("httpx", "httpcore", "telegram")
_ANSWER_SECONDS: Final = 10


def hush() -> None:
    """Pin the loggers that would write addresses, and so the token."""
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)


def _settle_absence() -> None:
    """Make a failing import fail fast.

    The HTTP library tries to import sniffio for every lock it makes. It need not be
    there, but Python remembers no failures and searches the disk each time: a quarter
    of the time that a request takes.
    """
    if find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]


class QuietRequest(HTTPXRequest):
    """An HTTP client that does not log the answers that it cannot read.

    Of a message that was sent it gives the place only: the rest is known.
    """

    __slots__ = ()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; the library's own version logs it in full when it fails."""
        try:
            answer = json.loads(payload)
        except ValueError:
            raise TelegramError("Invalid server response") from None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        if "result" in answer:
            answer["result"] = of_answer(answer["result"])
        return answer


def open_request(base_url: str, connections: int) -> QuietRequest:
    """Make the HTTP client, free of the environment's proxies on this machine."""
    _settle_absence()
    return QuietRequest(
        connection_pool_size=connections,
        read_timeout=_ANSWER_SECONDS,
        httpx_kwargs={"trust_env": not _is_here(base_url)},
    )


async def fetch_updates(
    bot: Bot, request: BaseRequest, offset: int | None, seconds: int
) -> list[Any]:
    """Ask for updates, and give them as they came: one may be beyond parsing.

    `Bot.get_updates` parses all of them or none, and one bad one then blocks the rest.
    """
    wanted = {
        "timeout": seconds,
        "limit": BATCH,
        "allowed_updates": json.dumps(ALLOWED_UPDATES),
    }
    if offset is not None:
        wanted["offset"] = offset
    result = await request.post(
        f"{bot.base_url}/getUpdates?{urlencode(wanted)}",
        read_timeout=seconds + _ANSWER_SECONDS,
    )
    if not isinstance(result, list):
        raise TelegramError("Invalid server response")
    return result


def _is_here(base_url: str) -> bool:
    return is_loopback(urlsplit(base_url).hostname or "")
