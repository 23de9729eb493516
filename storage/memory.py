"""What the in-memory twins of one `answers.db` share, as the real ones share a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.outbox import Dispatch, WrittenDigest, readers
from bot.reviews import KeptRemark, Lot, Place

Address = tuple[str, str, str, str]
"""What is unique about a dispatch: week, kind, flow, recipient."""


@dataclass(slots=True)
class MemoryMail:
    """The openings so far, their digests, and how far each message has come."""

    openings: list[str] = field(default_factory=list)
    digests: list[WrittenDigest] = field(default_factory=list)
    dispatches: dict[Address, Dispatch] = field(default_factory=dict)

    def put(self, dispatch: Dispatch) -> None:
        """Take a dispatch in, or store its new state."""
        self.dispatches[address(dispatch)] = dispatch

    def post(
        self,
        digests: Iterable[WrittenDigest],
        recipients: Sequence[str],
        reviewers: Sequence[str] = (),
    ) -> None:
        """Take in the digests of an opening: one dispatch each to every recipient."""
        for digest in digests:
            self.digests.append(digest)
            for recipient in readers(digest, recipients, reviewers):
                self.put(Dispatch(digest, recipient))


@dataclass(slots=True)
class MemoryRemarks:
    """The remarks that wait, and the messages in which reviewers see them.

    Args:
        waiting: by id.
        screens: by message, the hour in which it must be gone and what it shows.
    """

    waiting: dict[bytes, KeptRemark] = field(default_factory=dict)
    lots: list[Lot] = field(default_factory=list)
    destroyed: int = 0
    decided: int = 0
    named: int = 0
    screens: dict[Place, tuple[int, bytes | None]] = field(default_factory=dict)

    def replace(self, waiting: Iterable[KeptRemark], lots: Iterable[Lot]) -> None:
        """Take in what an opening leaves; what it does not name is gone."""
        self.waiting = {remark.id: remark for remark in waiting}
        self.lots += lots
        self.forget_shown()

    def forget_shown(self) -> None:
        """Let messages show nothing of which nobody waits for a decision."""
        for place, (until, shown) in self.screens.items():
            remark = None if shown is None else self.waiting.get(shown)
            if remark is None or remark.is_approved:
                self.screens[place] = (until, None)


def address(dispatch: Dispatch) -> Address:
    """Give what is unique about a dispatch."""
    digest = dispatch.digest
    return (digest.week, digest.kind, digest.flow, dispatch.recipient)
