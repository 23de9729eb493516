"""What the in-memory twins of one `answers.db` share, as the real ones share a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.outbox import Dispatch, WrittenDigest, readers

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

    def post(self, digests: Iterable[WrittenDigest], recipients: Sequence[str]) -> None:
        """Take in the digests of an opening: one dispatch each to every recipient."""
        for digest in digests:
            self.digests.append(digest)
            for recipient in readers(digest, recipients):
                self.put(Dispatch(digest, recipient))


def address(dispatch: Dispatch) -> Address:
    """Give what is unique about a dispatch."""
    digest = dispatch.digest
    return (digest.week, digest.kind, digest.flow, dispatch.recipient)
