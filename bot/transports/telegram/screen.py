"""Carry out what the service wants seen: send, edit, delete, answer a tap."""

import json
from collections.abc import Iterable
from typing import Final, assert_never

from telegram import Bot

from bot.dialogue import Delete, Edit, Output, Send, View
from bot.transports.telegram.answers import Fate, NotAccepted
from bot.transports.telegram.sender import Kind, Sender

# A telephone number or the address of a help line is no reason for a picture.
NO_PREVIEW: Final = {"link_preview_options": '{"is_disabled": true}'}


class Screen:
    """What stands in the chats, as far as the bot makes it."""

    def __init__(self, bot: Bot, sender: Sender) -> None:
        """Draw through this sender."""
        self._bot = bot
        self._sender = sender

    async def answer(self, chat: int, query: str, hint: str = "") -> None:
        """Take the waiting sign from a tapped button; too late does no harm.

        Args:
            hint: shown for a moment to whoever tapped; empty for nothing.
        """
        try:
            await self._sender.insist(
                chat,
                Kind.ANSWER,
                lambda: self._bot.answer_callback_query(query, hint or None),
            )
        except NotAccepted as fault:
            if fault.answer.fate is Fate.REFUSED:
                raise

    async def show(
        self,
        chat: int,
        outputs: Iterable[Output],
        *,
        is_silent: bool = False,
        is_protected: bool = False,
    ) -> list[int]:
        """Carry out the outputs in order and give the ids of the new messages.

        Args:
            is_protected: what is sent can be neither forwarded nor saved.
        """

        async def send(view: View) -> None:
            sent.append(await self._send(chat, view, is_silent, is_protected))

        sent: list[int] = []
        for output in outputs:
            match output:
                case Send(view):
                    await send(view)
                case Edit(message, view, or_send):
                    is_there = await self._edit(chat, message, view)
                    if not is_there and or_send:
                        await send(view)
                case Delete(message, or_say):
                    is_gone = await self._delete(chat, message)
                    if not is_gone and or_say is not None:
                        await send(or_say)
                case _:
                    assert_never(output)
        return sent

    async def _send(
        self, chat: int, view: View, is_silent: bool, is_protected: bool
    ) -> int:
        message = await self._sender.insist(
            chat,
            Kind.MESSAGE,
            lambda: self._bot.send_message(
                chat,
                view.text,
                # Left out, it is what Telegram takes for no.
                disable_notification=is_silent or None,
                protect_content=is_protected or None,
                api_kwargs=extras(view),
            ),
        )
        return message.message_id

    async def _edit(self, chat: int, message: int, view: View) -> bool:
        """Change a message; say whether it was there."""
        try:
            # By number, never through the tapped message: it may be inaccessible.
            await self._sender.insist(
                chat,
                Kind.CHANGE,
                lambda: self._bot.edit_message_text(
                    view.text,
                    chat_id=chat,
                    message_id=message,
                    api_kwargs=extras(view),
                ),
            )
        except NotAccepted as fault:
            if fault.answer.fate is Fate.DONE:
                return True
            if fault.answer.fate is Fate.MISSING:
                return False
            raise
        return True

    async def _delete(self, chat: int, message: int) -> bool:
        """Take a message away; say whether it is gone."""
        try:
            await self._sender.insist(
                chat, Kind.CHANGE, lambda: self._bot.delete_message(chat, message)
            )
        except NotAccepted as fault:
            if fault.answer.fate is Fate.DONE:
                return True
            # Too old, or not ours to take: trying again would not mend that.
            if fault.answer.fate in (Fate.MISSING, Fate.REFUSED):
                return False
            raise
        return True


def extras(view: View) -> dict[str, str]:
    """Give what goes with a text, encoded.

    The library would make an object of every button and take it apart again, which
    takes longer than all the rest of a reply.
    """
    if not view.rows:
        return NO_PREVIEW
    rows = [
        [{"text": key.label, "callback_data": key.action} for key in row]
        for row in view.rows
    ]
    return {**NO_PREVIEW, "reply_markup": json.dumps({"inline_keyboard": rows})}
