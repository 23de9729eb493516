"""What is written down of a draw, and whether a list and a seed give the same again.

A protocol names nobody: it holds counts, and numbers that without the seed are noise.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, Self

from bot.core.flow import Phase
from bot.core.sampling import SEED, Contact, Drawn, Reason, draw

FORMAT: Final = "polsslag draw 1"
_SEED: Final = "polsslag seed 1"
_MOST: Final = 10**9
"""No number in a protocol is larger."""


def write_seed(seed: bytes) -> bytes:
    """Write a seed as a file holds it: two lines of plain text."""
    return f"{_SEED}\n{seed.hex()}\n".encode()


def read_seed(content: bytes) -> bytes | None:
    """Read what `write_seed` wrote; None for anything else."""
    head, _, digits = content.decode("ascii", "replace").strip().partition("\n")
    try:
        seed = bytes.fromhex(digits)
    except ValueError:
        return None
    return seed if head.strip() == _SEED and len(seed) == SEED else None


def commitment(seed: bytes) -> str:
    """Give what binds to a seed and tells nothing of it: its SHA-256."""
    return hashlib.sha256(seed).hexdigest()


@dataclass(frozen=True, slots=True)
class Stratum:
    """One phase: how many could be drawn, and how many were, where that may be said."""

    phase: str
    listed: int
    drawn: int | None


@dataclass(frozen=True, slots=True)
class Protocol:
    """The record of one draw.

    Args:
        week: the ISO week of the draw.
        frame: names the list, under the seed.
        listed: how many contacts could be drawn.
        drawn: how many were.
        seal: an HMAC of all the rest under the seed; empty before it is sealed.
    """

    flow: str
    week: str
    commitment: str
    frame: str
    one_in: int
    listed: int
    drawn: int
    repeated: int
    excluded: Mapping[str, int]
    phases: tuple[Stratum, ...]
    start: int
    tickets: tuple[str, ...]
    seal: str = ""

    @classmethod
    def of(cls, drawn: Drawn, seed: bytes, one_in: int, flow: str, week: str) -> Self:
        """Write down a draw.

        Where a phase has fewer contacts than `one_in`, the numbers drawn per phase are
        left out: of one contact that was drawn, the number one would be the name.
        """
        is_told = all(phase.listed >= one_in for phase in drawn.phases)
        protocol = cls(
            flow=flow,
            week=week,
            commitment=commitment(seed),
            frame=drawn.frame,
            one_in=one_in,
            listed=sum(phase.listed for phase in drawn.phases),
            drawn=len(drawn.contacts),
            repeated=drawn.repeated,
            excluded={str(reason): n for reason, n in drawn.excluded.items()},
            phases=tuple(
                Stratum(str(p.phase), p.listed, p.drawn if is_told else None)
                for p in drawn.phases
            ),
            start=drawn.start,
            tickets=drawn.tickets,
        )
        return replace(protocol, seal=protocol._sealed(seed))

    def to_json(self) -> str:
        """Write it as text that a person can read."""
        return json.dumps(self._plain() | {"seal": self.seal}, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read the text back. Raises ValueError for what is no protocol."""
        try:
            return cls._read(json.loads(text))
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError from error

    @classmethod
    def _read(cls, plain: Any) -> Self:
        if plain["format"] != FORMAT:
            raise ValueError
        return cls(
            flow=_text(plain["flow"]),
            week=_text(plain["week"]),
            commitment=_text(plain["commitment"]),
            frame=_text(plain["frame"]),
            one_in=_number(plain["one_in"], least=1),
            listed=_number(plain["listed"]),
            drawn=_number(plain["drawn"]),
            repeated=_number(plain["repeated"]),
            excluded={_text(k): _number(n) for k, n in plain["excluded"].items()},
            phases=tuple(
                Stratum(
                    _text(one["phase"]),
                    _number(one["listed"]),
                    None if one["drawn"] is None else _number(one["drawn"]),
                )
                for one in plain["phases"]
            ),
            start=_number(plain["start"]),
            tickets=tuple(_text(ticket) for ticket in plain["tickets"]),
            seal=_text(plain["seal"]),
        )

    def _plain(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "flow": self.flow,
            "week": self.week,
            "commitment": self.commitment,
            "frame": self.frame,
            "one_in": self.one_in,
            "listed": self.listed,
            "drawn": self.drawn,
            "repeated": self.repeated,
            "excluded": dict(self.excluded),
            "phases": [
                {"phase": one.phase, "listed": one.listed, "drawn": one.drawn}
                for one in self.phases
            ],
            "start": self.start,
            "tickets": list(self.tickets),
        }

    def _sealed(self, seed: bytes) -> str:
        text = json.dumps(self._plain(), sort_keys=True)
        return hmac.digest(seed, f"protocol {text}".encode(), "sha256").hex()


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object, least: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    if not least <= value <= _MOST:
        raise ValueError
    return value


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a protocol says otherwise than the draw made again.

    Args:
        what: names it, and its text in the staff catalogue (`verify.<what>`).
        of: the phase or the reason, where there is one.
        told: what the protocol says; of the tickets, how many of it are not drawn now.
        found: what came of it now; of the tickets, how many the protocol lacks.
    """

    what: Literal[
        "seed",
        "contacts",
        "phase",
        "excluded",
        "repeated",
        "frame",
        "drawn",
        "start",
        "tickets",
        "protocol",
    ]
    of: str = ""
    told: int = 0
    found: int = 0


def compare(
    protocol: Protocol, contacts: Iterable[Contact], seed: bytes
) -> tuple[Difference, ...]:
    """Make a draw again, and say in what it differs from what was written down.

    With another seed all would differ, so that alone is said; with another list other
    people are drawn, so what is said is how the lists differ.
    """
    if commitment(seed) != protocol.commitment:
        return (Difference("seed"),)
    again = draw(contacts, protocol.one_in, seed, protocol.flow)
    redone = Protocol.of(again, seed, protocol.one_in, protocol.flow, protocol.week)
    found = [*_lists(protocol, redone)]
    if protocol.frame == redone.frame:
        found += _draws(protocol, redone)
    # The seal shows a change of what cannot be made again, such as the week. Whoever
    # holds the seed could have sealed anything, so all the rest is compared as well.
    if protocol.seal != protocol._sealed(seed) or (redone != protocol and not found):
        found.append(Difference("protocol"))
    return tuple(found)


def _lists(told: Protocol, found: Protocol) -> Iterator[Difference]:
    """Say how the list is another one."""
    yield from _numbers("contacts", "", told.listed, found.listed)
    before = {one.phase: one.listed for one in told.phases}
    now = {one.phase: one.listed for one in found.phases}
    for phase in Phase:
        yield from _numbers("phase", phase, before.get(phase, 0), now.get(phase, 0))
    for reason in Reason:
        n, m = told.excluded.get(reason, 0), found.excluded.get(reason, 0)
        yield from _numbers("excluded", reason, n, m)
    yield from _numbers("repeated", "", told.repeated, found.repeated)
    if told.frame != found.frame:
        yield Difference("frame")


def _draws(told: Protocol, found: Protocol) -> Iterator[Difference]:
    """Say how the draw from this very list was another one."""
    yield from _numbers("drawn", "", told.drawn, found.drawn)
    yield from _numbers("start", "", told.start, found.start)
    strange = set(told.tickets) - set(found.tickets)
    missing = set(found.tickets) - set(told.tickets)
    if strange or missing:
        yield Difference("tickets", "", len(strange), len(missing))


def _numbers(
    what: Literal["contacts", "phase", "excluded", "repeated", "drawn", "start"],
    of: str,
    told: int,
    found: int,
) -> Iterator[Difference]:
    if told != found:
        yield Difference(what, str(of), told, found)
