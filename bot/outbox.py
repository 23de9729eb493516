"""What must reach the staff, once each: written digests and who is to get them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

WEEKLY: Final = "weekly"
"""The kind of a flow's digest of one opening."""

PHASES: Final = "phases"
"""The kind of a flow's digest by phase, once a quarter."""

MONTHLY: Final = "monthly"
"""The kind of the roll-up over all flows, once a month."""

HEADCOUNT: Final = "headcount"
"""The kind of the question how many people read along. Its text has a blank, `{n}`,
that each chat's transport fills in; whoever has no chat is not asked."""

REVIEW: Final = "review"
"""The kind of the message that there are remarks to be looked at; for reviewers."""

NOTICE: Final = "notice"
"""The kind of a message that is no digest: word that something was lost."""

ASIDE: Final = (NOTICE, HEADCOUNT, REVIEW)
"""The kinds that are no digest: they tell nothing of what people answered."""

MAILTO: Final = "mailto:"
"""Begins a recipient that is a mail address; any other is the id of a chat."""


class Channel(StrEnum):
    """How a recipient is reached."""

    CHAT = "chat"
    MAIL = "mail"


def channel_of(recipient: str) -> Channel:
    """Say how a recipient is reached."""
    return Channel.MAIL if recipient.startswith(MAILTO) else Channel.CHAT


@dataclass(frozen=True, slots=True)
class WrittenDigest:
    """A digest as it is sent, byte for byte, to every recipient.

    Args:
        week: ISO week of the opening that it tells of (`2026-W30`).
        kind: one of the kinds above; one text per opening, kind and flow.
        flow: name of the flow; empty for what is of no single flow.
        has_news: False for the fixed sentence of a week without a new batch,
            which is sent without a sound.
        picture: what stands on the picture that goes with it, as
            `bot.picture` writes it; empty where there is none.
        remarks: what it publishes of what people wrote; only a weekly one has any.
    """

    week: str
    kind: str
    flow: str
    text: str
    has_news: bool
    picture: str = ""
    remarks: tuple[str, ...] = ()


class DispatchState(StrEnum):
    """How far one message to one recipient has come."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    PERHAPS = "perhaps"
    """Handed over, but no answer came back: never sent a second time."""
    DEAD = "dead"
    """Refused for good; `doctor` says so."""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One digest on its way to one recipient. Unique by all but its state."""

    digest: WrittenDigest
    recipient: str
    state: DispatchState = DispatchState.PENDING


def readers(
    digest: WrittenDigest, recipients: Sequence[str], reviewers: Sequence[str] = ()
) -> list[str]:
    """Give who gets a digest, each once, in the order given."""
    if digest.kind == REVIEW:
        return list(dict.fromkeys(reviewers))
    return [
        recipient
        for recipient in dict.fromkeys(recipients)
        if digest.kind != HEADCOUNT or channel_of(recipient) is Channel.CHAT
    ]


class Outbox(Protocol):
    """The durable queue. Rows are made by the opening, in its own transaction."""

    async def pending(self, channel: Channel | None = None) -> list[Dispatch]:
        """Give what is still to be sent, oldest first; of one channel, or of all."""
        ...

    async def mark(self, dispatch: Dispatch, state: DispatchState) -> None:
        """Store how far it has come; durable when this returns."""
        ...

    async def recover(self, channel: Channel | None = None) -> int:
        """Turn every `sending` of an earlier run into `perhaps`; give how many.

        Each deliverer does so for its own channel: another may be sending already.
        """
        ...

    async def readdress(self, old: str, new: str) -> None:
        """Follow a group that moved to a new chat id."""
        ...

    async def unsettled(self) -> list[Dispatch]:
        """Give the dispatches that ended in `perhaps` or `dead`, newest first."""
        ...

    async def latest(self) -> Sequence[WrittenDigest]:
        """Give the newest digests, of any kind but those in ASIDE."""
        ...

    async def remarks(self, week: str, flow: str) -> tuple[str, ...]:
        """Give the remarks that went with a flow's weekly digest."""
        ...
