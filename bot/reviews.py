"""Remarks between the box and the digest: what waits for a reviewer, or for company.

Beside a text stand the flow in which it was said and the week in which its lot came
out. Never anything else: no grade, phase, origin, language or hour.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

PATIENCE: Final = 13
"""So many weeks after its lot came out, a remark that is not published is destroyed."""


@dataclass(frozen=True, slots=True)
class KeptRemark:
    """A remark that came out in a lot and is not published.

    Args:
        id: random, made at the opening that brought it out.
        flow: name of the flow, whatever its version.
        week: ISO week of that opening.
        text: as it was scrubbed, or as a reviewer wrote it anew.
        is_approved: whether a reviewer has decided that it may be shown.
    """

    id: bytes
    flow: str
    week: str
    text: str
    is_approved: bool = False


@dataclass(frozen=True, slots=True)
class Lot:
    """How many remarks of one flow an opening brought out together.

    Args:
        texts: how many have a text.
        withheld: of how many of the same span the text was withheld; 0 for fewer than
            may be told.
    """

    week: str
    flow: str
    texts: int
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class PublishedRemark:
    """A remark as a weekly digest published it.

    Args:
        week: ISO week of the opening that published it.
        flow: name of the flow.
        place: among those of this week and flow, from 1; chance gave it.
    """

    week: str
    flow: str
    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A message in a chat of the reviewers, which must be taken away in time."""

    chat: int
    message: int


class Decision(StrEnum):
    """What a reviewer decides about a remark as it stands."""

    SHOW = "show"
    LEAVE_OUT = "leave_out"
    NAMED = "named"
    """It names somebody: destroyed, and counted."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A reviewer said it in other words; the first ones are destroyed."""

    text: str


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """How far the remarks have come, by name of flow; no text.

    Args:
        withheld: how many were withheld, as far as that may be told.
        destroyed: how many were given up, as far as that may be told.
        decided: how many a reviewer has decided about, ever.
        named: how many of those still named somebody.
    """

    unreviewed: Mapping[str, int] = field(default_factory=dict)
    approved: Mapping[str, int] = field(default_factory=dict)
    published: Mapping[str, int] = field(default_factory=dict)
    withheld: int = 0
    destroyed: int = 0
    decided: int = 0
    named: int = 0


class ReviewStore(Protocol):
    """The remarks that wait, and the messages in which reviewers see them."""

    async def is_empty(self) -> bool:
        """Say whether no remark waits for a reviewer."""
        ...

    async def put_on_screen(
        self, place: Place, until: int, pick: Callable[[int], int]
    ) -> str | None:
        """Choose a remark that this message is to show, and note that it does.

        Durable before anything is shown. One that no other message shows goes first.
        Gives its text; None, with nothing noted, where no remark waits.

        Args:
            until: the hour in which the message must be gone, in hours since 1970.
            pick: gives a number below the one that it is given, by chance.
        """
        ...

    async def shown_at(self, place: Place) -> str | None:
        """Give the text that this message shows; None where nobody waits for it."""
        ...

    async def decide(self, place: Place, decision: Decision | Rewritten) -> bool:
        """Carry out what was decided about the remark that this message shows.

        Every message that shows it is due to be taken away then. Gives False, with
        nothing changed, where the remark is not there or was decided about before.
        """
        ...

    async def note(self, place: Place) -> None:
        """Note a message that is to be taken away as soon as can be."""
        ...

    async def due(self, hour: int) -> list[Place]:
        """Give the messages that should be gone, be it because of the hour."""
        ...

    async def messages(self, chat: int) -> list[Place]:
        """Give all messages of a chat that are not taken away yet."""
        ...

    async def gone(self, place: Place) -> None:
        """Forget a message that is gone, or that nobody can take away any more."""
        ...

    async def counts(self) -> ReviewCounts:
        """Say how far the remarks have come."""
        ...

    async def published(self) -> Sequence[PublishedRemark]:
        """Give every remark ever published, oldest first."""
        ...
