"""Bring written digests to mail addresses, once each.

A letter of which nobody knows whether the server took it is never sent again, as in the
chats.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

from aiosmtplib import SMTP, SMTPException, SMTPResponseException

from bot.faultlog import FaultLog
from bot.outbox import (
    MAILTO,
    Channel,
    Dispatch,
    DispatchState,
    Outbox,
)
from bot.transports.mail.letter import Page, Text, letter, plain_page
from bot.transports.mail.server import (
    DATA_SECONDS,
    LOST,
    Relay,
    hang_up,
    is_for_good,
    is_refusal,
)
from bot.transports.pictures import Pictures, Plot
from bot.transports.rounds import keep_on

_EVERY: Final = 5.0
_LONGEST: Final = 900.0
"""Seconds: a server that says "later" means minutes."""

_PENDING: Final = DispatchState.PENDING


class MailTransport:
    """The loop that empties the outbox of what goes by mail.

    Args:
        clock: what time it is where the digest is read.
        plot: draws the pictures; None sends the texts alone.
        page: makes the HTML; None for the text and no more.
        text: makes the text; None for that of the digest and no more.
        turn: held while one message is on its way, by whatever channel: then one
            crash leaves one message at most of which nobody knows.
    """

    def __init__(
        self,
        relay: Relay,
        outbox: Outbox,
        faults: FaultLog,
        *,
        clock: Callable[[], datetime],
        plot: Plot | None = None,
        page: Page | None = None,
        text: Text | None = None,
        turn: asyncio.Lock | None = None,
        every: float = _EVERY,
        longest: float = _LONGEST,
    ) -> None:
        """Put the parts together; nothing is asked of the server yet."""
        self._relay = relay
        self._outbox = outbox
        self._faults = faults
        self._clock = clock
        self._plot = plot
        self._page = page or plain_page
        self._text = text or (lambda digest: digest.text)
        self._turn = turn or asyncio.Lock()
        self._every = every
        self._longest = longest
        self._has_recovered = False

    async def run(self, stop: asyncio.Event) -> None:
        """Look every few seconds until stopped, less often while it fails."""
        await keep_on(
            self.deliver, stop, self._faults, every=self._every, longest=self._longest
        )

    async def deliver(self, stop: asyncio.Event) -> bool:
        """Try everything that waits once; say whether nothing is left."""
        if not self._has_recovered:
            await self._outbox.recover(Channel.MAIL)
            self._has_recovered = True
        is_empty = True
        pictures = Pictures(self._plot, self._faults)
        for dispatch in await self._outbox.pending(Channel.MAIL):
            if stop.is_set():
                return False
            written = self._written(dispatch, await pictures.of(dispatch.digest))
            try:
                # A line for each: what befalls one letter does not touch the next.
                async with self._relay.line() as client:
                    state = await self._hand_over(client, dispatch, written)
            except (SMTPException, OSError) as fault:
                # No use in trying the others at a server that is not there.
                self._faults.note(fault)
                return False
            if state is _PENDING:
                is_empty = False
        return is_empty

    async def _hand_over(
        self, client: SMTP, dispatch: Dispatch, written: bytes
    ) -> DispatchState:
        """Give a letter to the server, and store what became of it."""
        # What fails here is about us, and so for the administrator to mend.
        await client.mail(self._relay.sender)
        try:
            await client.rcpt(_address(dispatch))
        except SMTPResponseException as answer:
            self._faults.note(answer)
            state = DispatchState.DEAD if is_for_good(answer) else _PENDING
            await self._outbox.mark(dispatch, state)
            return state
        async with self._turn:
            # After a crash between here and the answer it is `perhaps`.
            await self._outbox.mark(dispatch, DispatchState.SENDING)
            state = await self._data(client, written)
            await self._outbox.mark(dispatch, state)
        if state is DispatchState.SENT:
            await hang_up(client)
        return state

    async def _data(self, client: SMTP, written: bytes) -> DispatchState:
        try:
            await client.data(written, timeout=DATA_SECONDS)
        except SMTPResponseException as answer:
            self._faults.note(answer)
            if is_for_good(answer):
                return DispatchState.DEAD
            return _PENDING if is_refusal(answer) else DispatchState.PERHAPS
        except LOST as fault:
            self._faults.note(fault)
            return DispatchState.PERHAPS
        return DispatchState.SENT

    def _written(self, dispatch: Dispatch, png: bytes | None) -> bytes:
        try:
            return self._letter(dispatch, png, self._page)
        except Exception as fault:
            # A page that fails costs the page, not the letter.
            self._faults.note(fault)
            return self._letter(dispatch, png, plain_page)

    def _letter(self, dispatch: Dispatch, png: bytes | None, page: Page) -> bytes:
        return letter(
            dispatch.digest,
            _address(dispatch),
            sender=self._relay.sender,
            at=self._clock(),
            png=png,
            page=page,
            text=self._text,
        )


def _address(dispatch: Dispatch) -> str:
    return dispatch.recipient.removeprefix(MAILTO)
