"""Choose who is asked. Never looks at who they are, only at the chance it is given.

Everybody on a list gets a ticket: an HMAC-SHA-256 of their reference under a key that
comes of the draw's seed and the list itself. The tickets give the order, and from a
random start every `one_in`-th is drawn. So the seed and the list together give the same
draw again, on any machine; a ticket without the seed tells of nobody.
"""

import hmac
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from bot.core.flow import Phase

SEED: Final = 32
"""Bytes of chance that a draw begins with."""
OTHER: Final = "other"
"""The language of who is listed with one that is not ours."""
_PRINTED: Final = 16
"""Bytes of a ticket that a protocol shows: two alike come once in 10^38 pairs."""


class Reason(StrEnum):
    """Why somebody on the list is not to be asked."""

    OBJECTION = "objection"
    BEREAVEMENT = "bereavement"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact on the list to draw from; `reference` is the list's own word.

    Args:
        language: code of one of ours, or OTHER; empty where the list says none.
        excluded: why not to ask; None for who may be asked.
    """

    reference: str
    phase: Phase
    language: str = ""
    excluded: Reason | None = None


@dataclass(frozen=True, slots=True)
class PhaseCount:
    """How many contacts of one phase could be drawn, and how many were."""

    phase: Phase
    listed: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw came to.

    Args:
        contacts: who was drawn, in the order of the list.
        phases: one count for each phase on the list; who is excluded is in none.
        repeated: how many lines named a reference that stood there before.
        excluded: how many were not to be asked, by reason.
        frame: names this very list, and under another seed another way: hexadecimal.
        start: the place, from 0, of the first one drawn.
        tickets: of those drawn, in order of their value: hexadecimal.
    """

    contacts: tuple[Contact, ...]
    phases: tuple[PhaseCount, ...]
    repeated: int
    excluded: Mapping[Reason, int] = field(default_factory=lambda: MappingProxyType({}))
    frame: str = ""
    start: int = 0
    tickets: tuple[str, ...] = ()


def is_drawn(ticket: bytes, one_in: int) -> bool:
    """Say whether a ticket of random bytes is among the one in `one_in`.

    With the eight bytes it must have at least, the chance is right to 1 in 10^19.
    """
    if len(ticket) < 8 or one_in < 1:
        raise ValueError
    return int.from_bytes(ticket) * one_in < 1 << 8 * len(ticket)


def draw(
    frame: Iterable[Contact], one_in: int, seed: bytes, purpose: str = ""
) -> Drawn:
    """Draw one in `one_in` of every phase, to rounding.

    The contacts stand phase by phase, shuffled within a phase, the phases shuffled too,
    and from a random start every `one_in`-th is drawn. So each has a chance of exactly
    one in `one_in`. Of n contacts in a phase n / `one_in` are drawn, rounded down or
    up, and so of all of them: what one phase has over is carried to the next.

    A reference that stands there twice counts as its first line says, and is not asked
    where any of its lines says so.

    Args:
        seed: 32 random bytes; the same bytes draw the same contacts of the same list.
        purpose: what it is drawn for; another purpose gives another draw.
    """
    if len(seed) < SEED or one_in < 1:
        raise ValueError
    lines = list(frame)
    known = _once(lines)
    name = _frame(known, seed, purpose)
    # Of the list as well: another list of the same week has a draw of its own, or
    # whoever stands on both would be drawn from both.
    key = hmac.digest(seed, b"draw" + name, "sha256")
    asked = [contact for contact in known if contact.excluded is None]
    tickets = {c.reference: _ticket(key, f"contact {c.reference}") for c in asked}
    sizes = Counter(contact.phase for contact in asked)
    places = {phase: _ticket(key, f"phase {phase}") for phase in sizes}
    row = sorted(
        asked, key=lambda c: (places[c.phase], tickets[c.reference], c.reference)
    )
    start = int.from_bytes(_ticket(key, "start")) % one_in
    chosen = row[start::one_in]
    drawn = {contact.reference for contact in chosen}
    hits = Counter(contact.phase for contact in chosen)
    return Drawn(
        contacts=tuple(c for c in known if c.reference in drawn),
        phases=tuple(
            PhaseCount(phase, sizes[phase], hits[phase])
            for phase in Phase
            if phase in sizes
        ),
        repeated=len(lines) - len(known),
        excluded=_counted(known),
        frame=name.hex(),
        start=start,
        tickets=tuple(sorted(tickets[c.reference][:_PRINTED].hex() for c in chosen)),
    )


def _once(lines: Sequence[Contact]) -> list[Contact]:
    """Keep one line of each reference."""
    first: dict[str, Contact] = {}
    excluded: dict[str, Reason] = {}
    for contact in lines:
        first.setdefault(contact.reference, contact)
        if contact.excluded is not None:
            excluded.setdefault(contact.reference, contact.excluded)
    return [
        Contact(c.reference, c.phase, c.language, excluded.get(c.reference))
        for c in first.values()
    ]


def _frame(contacts: Sequence[Contact], seed: bytes, purpose: str) -> bytes:
    """Name a list, whatever its order, so that only the seed can tell which it is.

    A plain hash of a short list could be found by trying all that it may hold.
    """
    lines = sorted((c.reference, c.phase, c.language, c.excluded) for c in contacts)
    return _ticket(seed, json.dumps(["frame", purpose, lines]))


def _counted(contacts: Sequence[Contact]) -> Mapping[Reason, int]:
    counts = Counter(contact.excluded for contact in contacts)
    return MappingProxyType(
        {reason: counts[reason] for reason in Reason if counts[reason]}
    )


def _ticket(key: bytes, purpose: str) -> bytes:
    return hmac.digest(key, purpose.encode(errors="surrogatepass"), "sha256")
