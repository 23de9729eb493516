"""The survey in Telegram: updates in, messages out. Decides nothing."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, Protocol

from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.dialogue import Input, Left, Reply
from bot.errors import ConfigError
from bot.faultlog import FaultLog
from bot.outbox import Channel, Outbox
from bot.transports.pictures import Plot
from bot.transports.rounds import pause
from bot.transports.telegram.answers import Fate, NotAccepted, cause_of
from bot.transports.telegram.delivery import Delivery
from bot.transports.telegram.face import Appearance, dress
from bot.transports.telegram.lanes import Job, Lanes
from bot.transports.telegram.poller import Poller, unless
from bot.transports.telegram.poster import Poster
from bot.transports.telegram.request import fetch_updates, hush, open_request
from bot.transports.telegram.reviewers import ReviewDesk, ReviewRoom
from bot.transports.telegram.screen import Screen
from bot.transports.telegram.sender import Sender
from bot.transports.telegram.settings import Pacing, Timing
from bot.transports.telegram.staff import Desk, StaffRoom
from bot.transports.telegram.translate import (
    Arrival,
    Inquiry,
    chat_of,
    inquire,
    inspect,
    parse,
    translate,
)

_log = logging.getLogger("bot.telegram")


class Service(Protocol):
    """Who decides what to show; `bot.service.SurveyService` is one."""

    async def handle(
        self, subject: str, event: Input, update: int | None = None
    ) -> Reply:
        """Take in what a person did; durable when it returns."""
        ...

    async def shown(self, subject: str, token: str, sent: Sequence[int]) -> None:
        """Note that a reply is on the screen, with the ids of its new messages."""
        ...

    async def tidy(self) -> list[Reply]:
        """Give what is to be shown without anybody having done something."""
        ...


class TelegramTransport:
    """One bot account, from its first poll to its last.

    Args:
        base_url: where the Bot API is; the token is put behind it.
        faults: where faults are gathered.
        appearance: None leaves commands and descriptions as they are.
        request: None for real HTTP.
        heard: called after each successful poll.
        desk: answers the staff; None leaves their words without a meaning.
        reviewers: shows remarks to those who look at them; None for nobody.
        plot: draws the pictures of digests; None sends their texts alone.
        turn: held while a digest is on its way, by this or another transport.
    """

    def __init__(
        self,
        token: str,
        service: Service,
        *,
        base_url: str,
        outbox: Outbox,
        faults: FaultLog,
        appearance: Appearance | None = None,
        request: BaseRequest | None = None,
        pacing: Pacing | None = None,
        timing: Timing | None = None,
        heard: Callable[[], None] = lambda: None,
        desk: Desk | None = None,
        reviewers: ReviewDesk | None = None,
        plot: Plot | None = None,
        turn: asyncio.Lock | None = None,
    ) -> None:
        """Put the parts together; nothing is asked of Telegram yet."""
        hush()
        pacing = pacing or Pacing()
        self._timing = timing or Timing()
        self._service = service
        self._outbox = outbox
        self._faults = faults
        self._appearance = appearance
        # The poll, and one for the start, beside what is being sent.
        self._request = request or open_request(base_url, pacing.in_flight + 2)
        self._bot = Bot(
            token,
            base_url,
            request=self._request,
            get_updates_request=self._request,
        )
        sender = Sender(pacing)
        self._screen = Screen(self._bot, sender)
        poster = Poster(
            self._bot,
            desk.label if desk else "",
            desk.label_of_remarks if desk else None,
        )
        self._delivery = Delivery(
            self._bot,
            sender,
            poster,
            outbox,
            self._timing,
            faults,
            plot=plot,
            turn=turn,
        )
        self._lanes = Lanes(self._timing.slots, faults)
        self._room = (
            StaffRoom(
                desk,
                sender,
                poster,
                self._screen,
                faults,
                plot=plot,
                slots=self._lanes.slots,
                handle=self._timing.handle,
            )
            if desk is not None
            else None
        )
        self._reviews = (
            ReviewRoom(
                reviewers,
                self._screen,
                faults,
                slots=self._lanes.slots,
                handle=self._timing.handle,
            )
            if reviewers is not None
            else None
        )
        self._poller = Poller(self._fetch, self._deal, self._timing, faults, heard)
        self._name = ""

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until stopped; then finish what is under way and confirm it.

        Raises `ConfigError` or `TransportError` where going on makes no sense.
        """
        await self._outbox.recover(Channel.CHAT)
        await self._request.initialize()
        try:
            if await self._find(stop):
                await self._serve(stop)
        finally:
            await self._request.shutdown()

    async def _find(self, stop: asyncio.Event) -> bool:
        """Ask who we are until Telegram answers; False when stopped before."""
        wait = self._timing.first_pause
        is_said = False
        while not stop.is_set():
            try:
                me = await unless(stop, self._bot.get_me())
            except InvalidToken:
                raise ConfigError("telegram-token-refused") from None
            except (TelegramError, KeyError) as fault:
                self._faults.note(fault)
                if not is_said:
                    is_said = True
                    _log.warning("telegram cannot be reached")
                await pause(stop, wait)
                wait = min(2 * wait, self._timing.longest_pause)
                continue
            if me is not None:
                self._name = me.username or ""
                return True
        return False

    async def _serve(self, stop: asyncio.Event) -> None:
        await self._tidy()
        closing = asyncio.Event()
        side = [
            asyncio.create_task(self._delivery.run(closing)),
            asyncio.create_task(self._keep_tidy(closing)),
            asyncio.create_task(self._present()),
        ]
        try:
            await self._poller.run(stop)
        finally:
            closing.set()
            await self._lanes.drain(self._timing.drain)
            _, late = await asyncio.wait(side, timeout=self._timing.drain)
            for task in late:
                task.cancel()
            await asyncio.gather(*side, return_exceptions=True)
        await self._poller.confirm()

    async def _fetch(self, offset: int | None, seconds: int) -> list[Any]:
        return await fetch_updates(self._bot, self._request, offset, seconds)

    def _deal(self, number: int, raw: Any) -> bool:
        """Take on one update; say whether its confirmation has to wait."""
        found = self._work(number, parse(raw))
        if found is None:
            return False
        chat, work = found
        waiting = self._lanes.waiting(chat)
        if waiting < self._timing.flood:
            self._lanes.put(chat, work)
        # Only so many updates can be unconfirmed. Somebody who sends them faster than
        # they can be answered must not use up the places of everybody else.
        return waiting < self._timing.crowd

    def _work(self, number: int, update: Update) -> tuple[int, Job] | None:
        """Give whose turn an update takes, and what is to be done; None for nothing."""
        reviews, asked = self._reviews, inspect(update, self._name)
        if reviews is not None and asked is not None and reviews.takes(asked):
            tap = update.callback_query
            query = None if tap is None else tap.id
            return asked.chat, partial(
                reviews.attend, asked, query, partial(self._poller.settled, number)
            )
        room, inquiry = self._room, inquire(update, self._name)
        if room is not None and inquiry is not None and room.serves(inquiry.chat):
            return inquiry.chat, partial(self._attend_staff, room, number, inquiry)
        arrival = translate(update, self._name)
        if arrival is None:
            return None
        return arrival.chat, partial(self._attend, number, arrival)

    async def _attend_staff(
        self, room: StaffRoom, number: int, inquiry: Inquiry
    ) -> None:
        """Have one question of the staff answered, and show it in the chat it is of."""
        said = await room.ask(inquiry.asked)
        # What was to be kept is kept; what is only shown can be asked for again.
        self._poller.settled(number)
        if inquiry.query is not None:
            answer = partial(self._screen.answer, inquiry.chat, inquiry.query)
            await self._guarded(answer)
        await self._guarded(partial(room.show, inquiry.chat, said))

    async def _attend(self, number: int, arrival: Arrival) -> None:
        """Have one update handled, then show what came of it."""
        reply = None
        if arrival.event is not None:
            reply = await self._handle(arrival.subject, arrival.event, number)
        if reply is None or reply.token is not None:
            # What has a token can be shown again; the rest is confirmed when shown.
            self._poller.settled(number)
        if arrival.query is not None:
            answer = partial(self._screen.answer, arrival.chat, arrival.query)
            await self._guarded(answer)
        if reply is not None:
            await self._guarded(partial(self._show, reply))
        self._poller.settled(number)

    async def _handle(
        self, subject: str, event: Input, number: int | None = None
    ) -> Reply | None:
        """Let the service handle one event; None where it could not.

        Nobody gets to see a fault, and no update comes twice because of one.
        """
        try:
            async with self._lanes.slots, asyncio.timeout(self._timing.handle):
                return await self._service.handle(subject, event, update=number)
        except Exception as fault:
            self._faults.note(fault)
            return None

    async def _show(self, reply: Reply) -> None:
        """Carry out a reply. What fails half-way counts as not shown."""
        try:
            sent = await self._screen.show(chat_of(reply.subject), reply.outputs)
        except NotAccepted as fault:
            match fault.answer.fate:
                case Fate.GONE:
                    await self._left(reply)
                case Fate.HELD:
                    pass
                case _:
                    self._faults.note(cause_of(fault))
            return
        if reply.token is not None:
            await self._service.shown(reply.subject, reply.token, sent)

    async def _left(self, reply: Reply) -> None:
        """Tell that the person is gone. Nothing of this will ever be on a screen."""
        left = await self._handle(reply.subject, Left())
        token = (left.token if left else None) or reply.token
        if token is not None:
            await self._service.shown(reply.subject, token, ())

    async def _tidy(self) -> None:
        if self._reviews is not None:
            await self._guarded(self._reviews.tidy)
        for reply in await self._service.tidy():
            self._lanes.put(chat_of(reply.subject), partial(self._show, reply))

    async def _keep_tidy(self, stop: asyncio.Event) -> None:
        while True:
            await pause(stop, self._timing.tidy_every)
            if stop.is_set():
                return
            await self._guarded(self._tidy)

    async def _present(self) -> None:
        if self._appearance is not None and not await dress(
            self._bot, self._appearance, self._faults
        ):
            _log.warning("commands and descriptions could not be set")

    async def _guarded(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Exception as fault:
            self._faults.note(cause_of(fault))
