"""What one event leads to."""

from dataclasses import dataclass

from bot.core.effects import Effect
from bot.core.session import Session


@dataclass(frozen=True, slots=True)
class Step:
    """What an event led to: the session as it now is, and what to show or do."""

    session: Session
    effects: tuple[Effect, ...] = ()
