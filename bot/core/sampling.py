"""Choose who is asked. Never looks at who they are, only at the chance it is given."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.flow import Phase


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact on the list to draw from; `reference` is the list's own word."""

    reference: str
    phase: Phase


@dataclass(frozen=True, slots=True)
class PhaseCount:
    """How many contacts of one phase were listed, and how many were drawn."""

    phase: Phase
    listed: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw came to.

    Args:
        contacts: who was drawn, in the order of the list.
        phases: one count for each phase on the list.
        repeated: how many lines named a reference that stood there before.
    """

    contacts: tuple[Contact, ...]
    phases: tuple[PhaseCount, ...]
    repeated: int


def is_drawn(ticket: bytes, one_in: int) -> bool:
    """Say whether a ticket of random bytes is among the one in `one_in`.

    With the eight bytes it must have at least, the chance is right to 1 in 10^19.
    """
    if len(ticket) < 8 or one_in < 1:
        raise ValueError
    return int.from_bytes(ticket) * one_in < 1 << 8 * len(ticket)


def draw(frame: Iterable[Contact], one_in: int, chance: bytes) -> Drawn:
    """Draw one in `one_in` of every phase, to rounding.

    The contacts stand phase by phase, shuffled within a phase, and from a random start
    every `one_in`-th is drawn. So each has a chance of exactly one in `one_in`, and of
    n contacts in a phase n / `one_in` are drawn, rounded down or up.

    Args:
        chance: 32 random bytes; the same bytes draw the same contacts.
    """
    if len(chance) < 32 or one_in < 1:
        raise ValueError
    lines = list(frame)
    once: dict[str, Contact] = {}
    for contact in lines:
        once.setdefault(contact.reference, contact)
    order = list(Phase)
    row = sorted(
        once.values(),
        key=lambda contact: (
            order.index(contact.phase),
            _ticket(chance, f"contact {contact.reference}"),
        ),
    )
    start = int.from_bytes(_ticket(chance, "start")) % one_in
    drawn = {contact.reference for contact in row[start::one_in]}
    return Drawn(
        contacts=tuple(c for c in once.values() if c.reference in drawn),
        phases=tuple(
            PhaseCount(
                phase,
                listed=sum(c.phase is phase for c in row),
                drawn=sum(c.phase is phase and c.reference in drawn for c in row),
            )
            for phase in order
            if any(c.phase is phase for c in row)
        ),
        repeated=len(lines) - len(once),
    )


def _ticket(chance: bytes, purpose: str) -> bytes:
    text = purpose.encode(errors="surrogatepass")
    return hashlib.blake2b(text, key=chance[:64], digest_size=32).digest()
