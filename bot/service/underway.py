"""What happens in the middle of a survey: one input to an open session.

What is typed is read as an answer first, and scrubbed before anything is kept of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.effects import AskAgain
from bot.core.engine import step
from bot.core.events import Answered, Event, Remarked
from bot.core.flow import FlowDefinition
from bot.core.session import Session, Status
from bot.core.steps import Step
from bot.dialogue import Input, Left, Output, Reply, Wrote
from bot.guesses import Guess
from bot.needs import Need
from bot.service.keeping import Keeping
from bot.service.meaning import (
    Afresh,
    Look,
    Meaning,
    Nothing,
    Typed,
    meaning,
    with_tapped,
)
from bot.service.reading import Reading
from bot.service.showing import Stage, instead, preceded

_NO_ANSWER = (Status.DECLINED, Status.STOPPED)


class UnderWay:
    """Takes one input after the other to a session that is open."""

    def __init__(
        self,
        stage: Stage,
        keeping: Keeping,
        reading: Reading,
        clock: Callable[[], datetime],
    ) -> None:
        """Show with this stage, and store with this keeping."""
        self._stage = stage
        self._keeping = keeping
        self._reading = reading
        self._clock = clock

    async def take(
        self, flow: FlowDefinition, session: Session, event: Input, update: int | None
    ) -> Reply:
        """Take what a person did; `flow` is the version the session began with."""
        gone = self._stage.taking(event, session.language)
        session = with_tapped(session, event)
        meant = meaning(flow, session, event, self._clock())
        if isinstance(event, Wrote):
            return await self._typed(flow, session, event, meant, update, gone)
        return await self._done(flow, session, event, meant, update, gone)

    async def step(
        self,
        flow: FlowDefinition,
        session: Session,
        event: Event,
        update: int | None = None,
        gone: Sequence[Output] = (),
    ) -> Reply:
        """Have the engine take one event, and show what that changed."""
        stepped = self._stepped(flow, session, event)
        return await self._show(flow, session, stepped, event, update, gone)

    async def _done(
        self,
        flow: FlowDefinition,
        session: Session,
        event: Input,
        meant: Meaning,
        update: int | None,
        gone: Sequence[Output],
    ) -> Reply:
        match meant:
            case Nothing() | Typed():
                return Reply(session.subject)
            case Look(at=at):
                screen = self._stage.screen(flow, session)
                return instead(session, screen.look(at), gone)
            case Afresh(why=why):
                shown = self._stage.afresh(flow, session, why)
                return await self._keeping.keep(preceded(gone, shown), update)
            case done:
                reply = await self.step(flow, session, done, update, gone)
                if isinstance(event, Left):
                    # Nothing can be shown to somebody who blocked the bot.
                    return replace(reply, outputs=())
                return reply

    async def _typed(
        self,
        flow: FlowDefinition,
        session: Session,
        wrote: Wrote,
        meant: Meaning,
        update: int | None,
        gone: Sequence[Output],
    ) -> Reply:
        is_remark = session.status is Status.REMARKING
        # First of all at the remark: what is typed there might be kept.
        if is_remark and (need := self._reading.needs(wrote.text)):
            return await self._help(flow, session, need, update, gone)
        if not isinstance(meant, Typed | Answered):
            return await self._done(flow, session, wrote, meant, update, gone)
        guess = await self._guess(flow, session, wrote)
        event: Event
        if isinstance(meant, Typed):
            said = await self._reading.scrubbed(meant.text, guess.language)
            event = Remarked(self._clock(), said)
        else:
            event = meant
        offered = replace(session, was_offered=session.was_offered or bool(guess.offer))
        stepped = self._stepped(flow, offered, event)
        is_misread = not is_remark and not _is_answer(stepped)
        if is_misread and (need := self._reading.needs(wrote.text)):
            return await self._help(flow, session, need, update, gone)
        return await self._show(
            flow, offered, stepped, event, update, gone, guess.offer
        )

    async def _guess(
        self, flow: FlowDefinition, session: Session, wrote: Wrote
    ) -> Guess:
        is_remark = session.status is Status.REMARKING
        if not is_remark and (session.was_offered or len(flow.languages) == 1):
            # Nobody would hear of it.
            return Guess()
        return await self._reading.guessed(wrote.text, flow, session, wrote.language)

    async def _help(
        self,
        flow: FlowDefinition,
        session: Session,
        need: Need,
        update: int | None,
        gone: Sequence[Output],
    ) -> Reply:
        """Say where help is; the survey stays where it is, and nothing is kept."""
        view = self._stage.text(f"need.{need}", session.language)
        shown = self._stage.afresh(flow, session, first=view)
        return await self._keeping.keep(preceded(gone, shown), update)

    def _stepped(self, flow: FlowDefinition, session: Session, event: Event) -> Step:
        asks = self._reading.asks_remarks()
        return step(flow, session, event, asks_remark=asks)

    async def _show(
        self,
        flow: FlowDefinition,
        session: Session,
        stepped: Step,
        event: Event,
        update: int | None,
        gone: Sequence[Output],
        offer: str | None = None,
    ) -> Reply:
        if not stepped.effects:
            return Reply(session.subject)
        shown = self._stage.play(flow, session, stepped, event)
        if offer is not None:
            shown = self._stage.offering(flow, shown, offer)
        return await self._keeping.keep(
            preceded(gone, shown), update, effects=stepped.effects
        )


def _is_answer(stepped: Step) -> bool:
    is_misread = any(isinstance(effect, AskAgain) for effect in stepped.effects)
    return not is_misread and stepped.session.status not in _NO_ANSWER
