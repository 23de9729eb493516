"""People with the chat app in hand, before the real bot."""

import asyncio

from tests.doubles.botapi import BotApi
from tests.doubles.clients import Client

ANSWERS = ("Ja, ik doe mee", "7", "8", "Eens", "Helemaal eens")
ENTRY = "e_sozawe_door"
PATIENCE = 120.0
"""Seconds; a machine that does much else is slow."""


async def taps_through(client: Client, labels: tuple[str, ...] = ANSWERS) -> None:
    """Answer what is asked, by these buttons."""
    for label in labels:
        await client.question(PATIENCE)
        await client.taps(label)


async def answers(client: Client) -> None:
    """Come in and answer to the end."""
    await client.opens(ENTRY)
    await taps_through(client)
    await client.chat.until(lambda: not client.screen[0].rows, PATIENCE)


async def takes_what_comes(client: Client) -> None:
    """Answer whatever is asked, until nothing is asked any more."""
    while True:
        try:
            message = await client.question(1.5)
        except TimeoutError:
            return
        actions = [action for _, action in message.buttons]
        yes = [a for a in actions if a.partition(":")[2] == "y" or ":a." in a]
        await client.presses(yes[-1], message)


async def settled(api: BotApi, number: int) -> None:
    """Wait until the bot has confirmed a delivery."""
    async with asyncio.timeout(PATIENCE):
        while number in api.updates._waiting:  # noqa: ASYNC110 - the queue tells nobody
            await asyncio.sleep(0.02)
