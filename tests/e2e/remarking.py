"""What people do at the open question, as their screen tells them to."""

import asyncio

from bot.messages import Catalogue
from tests.doubles.chats import Message
from tests.doubles.clients import Client
from tests.e2e.people import PATIENCE, Talk

_WORDS = Catalogue.load()
_AGAIN = 0.3
"""Seconds."""
KEEP, CHANGE, LEAVE = "k", "c", "x"
IN_DOUBT = _WORDS.text("client.remark.in_doubt", "nl")
TAKEN_OUT = _WORDS.text("client.remark.taken_out", "nl")
CRISIS = _WORDS.text("client.need.crisis", "nl")


def _action(message: Message, which: str) -> str:
    return next(a for _, a in message.buttons if a.partition(":")[2] == which)


async def _presses(client: Client, message: Message, which: str) -> None:
    await client.presses(_action(message, which), message)


def keeps(text: str, shown: str | None = None) -> Talk:
    """Write this, see it as it would be kept, and keep it.

    Args:
        shown: how it would be kept, where something is taken out of it.
    """

    async def talk(client: Client) -> None:
        await client.writes(text)
        message = await client.sees(shown or text, PATIENCE)
        assert (TAKEN_OUT in message.text) is (shown is not None)
        await _presses(client, message, KEEP)

    return talk


def changes(text: str, shown: str, instead: str) -> Talk:
    """Write this, see what is left of it, and keep other words instead."""

    async def talk(client: Client) -> None:
        await client.writes(text)
        await _presses(client, await client.sees(shown, PATIENCE), CHANGE)
        await client.chat.until(lambda: client.is_asked(), PATIENCE)
        await keeps(instead)(client)

    return talk


def leaves_out(text: str, shown: str) -> Talk:
    """Write this, see what is left of it, and have it left out."""

    async def talk(client: Client) -> None:
        await client.writes(text)
        await _presses(client, await client.sees(shown, PATIENCE), LEAVE)

    return talk


def switches(text: str, language: str) -> Talk:
    """Write this in another language, go on in it as is offered, and keep it."""

    async def talk(client: Client) -> None:
        await client.writes(text)
        await _presses(client, await client.sees(text, PATIENCE), f"l.{language}")
        shown = _WORDS.text("client.remark.shown", language)
        message = await client.sees(shown, PATIENCE)
        assert text in message.text
        await _presses(client, message, KEEP)

    return talk


def is_in_need(text: str) -> Talk:
    """Write this, read where help is, and leave the question."""

    async def talk(client: Client) -> None:
        await client.writes(text)
        message = await client.sees(CRISIS, PATIENCE)
        assert text not in message.text
        await _presses(client, await client.question(PATIENCE), LEAVE)

    return talk


def keeps_what_is_left(
    text: str, shown: str, kept: list[str], written: asyncio.Event
) -> Talk:
    """Write this while the scrubber fails; keep it, or hear that it is not kept.

    Args:
        kept: where it is noted that it was kept.
        written: set when it is typed.
    """

    async def talk(client: Client) -> None:
        await client.writes(text)
        written.set()
        await client.chat.until(lambda: _is_settled(client, shown), PATIENCE)
        message = client.screen[-1]
        is_kept = shown in message.text
        kept.extend([shown] * is_kept)
        await _presses(client, message, KEEP if is_kept else LEAVE)

    return talk


def tries_until_kept(text: str, shown: str) -> Talk:
    """Write this, and again where it was withheld: the scrubber is back in a moment."""

    async def talk(client: Client) -> None:
        async with asyncio.timeout(PATIENCE):
            while shown not in client.screen[-1].text:
                await client.writes(text)
                await client.chat.until(lambda: _is_settled(client, shown), PATIENCE)
                await asyncio.sleep(_AGAIN)
        await _presses(client, client.screen[-1], KEEP)

    return talk


def _is_settled(client: Client, shown: str) -> bool:
    newest = client.screen[-1] if client.screen else None
    return newest is not None and (shown in newest.text or IN_DOUBT in newest.text)
