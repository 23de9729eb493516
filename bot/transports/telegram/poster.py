"""How a digest looks in a chat: a photo with its text below, or the text alone."""

from collections.abc import Callable
from typing import Any, Final

from telegram import Bot

from bot.dialogue import Key, View
from bot.outbox import MONTHLY, PHASES, WEEKLY, WrittenDigest
from bot.transports.pictures import PNG_NAME
from bot.transports.telegram.screen import extras
from bot.transports.telegram.settings import EXPLAIN, REMARKS

CAPTION: Final = 1024
"""UTF-16 units that fit below a photo."""

_EXPLAINED: Final = (WEEKLY, PHASES, MONTHLY)


class Poster:
    """Makes the requests; when they are carried out is the sender's to say.

    Args:
        label: of the button that asks for the explanation; empty for no button.
        remarks: gives the label of the button that asks for so many remarks.
    """

    def __init__(
        self, bot: Bot, label: str, remarks: Callable[[int], str] | None = None
    ) -> None:
        """Post through this account."""
        self._bot = bot
        self._label = label
        self._remarks = remarks

    async def photo(
        self, chat: int, digest: WrittenDigest, png: bytes, *, is_silent: bool
    ) -> None:
        """Send the picture with the text as its caption."""
        view = self._view(digest)
        await self._bot.send_photo(
            chat,
            png,
            caption=digest.text,
            filename=PNG_NAME,
            disable_notification=is_silent,
            # A photo has no link preview, and Telegram refuses to be told so.
            api_kwargs={
                name: value
                for name, value in extras(view).items()
                if name == "reply_markup"
            },
        )

    async def text(self, chat: int, digest: WrittenDigest, *, is_silent: bool) -> None:
        """Send the text alone."""
        await self._send(chat, self._view(digest), is_silent=is_silent)

    async def say(self, chat: int, text: str, *, is_silent: bool) -> None:
        """Send what is no digest."""
        await self._send(chat, View(text), is_silent=is_silent)

    async def _send(self, chat: int, view: View, *, is_silent: bool) -> None:
        kwargs: dict[str, Any] = extras(view)
        await self._bot.send_message(
            chat, view.text, disable_notification=is_silent, api_kwargs=kwargs
        )

    def _view(self, digest: WrittenDigest) -> View:
        if not self._label or digest.kind not in _EXPLAINED:
            return View(digest.text)
        explain = Key(self._label, EXPLAIN)
        if not digest.remarks or self._remarks is None:
            return View(digest.text, ((explain,),))
        label = self._remarks(len(digest.remarks))
        remarks = Key(label, f"{REMARKS}{digest.week}:{digest.flow}")
        return View(digest.text, ((remarks,), (explain,)))


def fits_a_photo(digest: WrittenDigest) -> bool:
    """Say whether the text can stand below a photo."""
    return len(digest.text.encode("utf-16-le")) // 2 <= CAPTION
