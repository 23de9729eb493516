"""Take personal data out of what people type, before anything of it is kept.

`scrub` gives what may be kept, or why nothing may. It raises nothing and never gives a
text back raw: whatever goes wrong, the remark is withheld. It writes and logs nothing.
One file per layer, in the order of `LAYERS`; what an earlier layer took, no later one
sees.
"""

import time
from dataclasses import dataclass
from typing import Final

from bot.remarks import Scrubbed, Withheld
from bot.scrub.dates import dates
from bot.scrub.money import accounts
from bot.scrub.names import NOBODY, Roster, is_word, name_layers, roster_of
from bot.scrub.normalise import cut, normalised
from bot.scrub.numbers import cases, documents, service_numbers
from bot.scrub.phones import phones
from bot.scrub.pieces import Kind, Layer, Piece, Taken, taken
from bot.scrub.placeholders import covered, kept, replaced
from bot.scrub.places import addresses, postcodes
from bot.scrub.reach import emails, links, users
from bot.scrub.runs import runs

__all__ = [
    "LONGEST_TIME",
    "NOBODY",
    "Explanation",
    "Kind",
    "Piece",
    "Roster",
    "Taken",
    "cut",
    "explained",
    "roster_of",
    "scrub",
]

LONGEST_TIME: Final = 1.0
"""Seconds; a text that takes longer is withheld. A median one takes a thousandth."""

LAYERS: Final[tuple[tuple[str, Layer], ...]] = (
    ("e-mail", emails),
    ("link", links),
    ("user", users),
    ("account", accounts),
    ("date", dates),
    ("bsn", service_numbers),
    ("case", cases),
    ("document", documents),
    ("postcode", postcodes),
    ("address", addresses),
    ("phone", phones),
    ("run", runs),
)
"""What has a shape, before the names: by name, in this order."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was found in a text, for whoever tries the scrubber.

    Args:
        text: the text as it was looked at.
        taken: what each layer took of it, in the order of the text.
        result: what `scrub` gives.
    """

    text: str
    taken: tuple[Taken, ...]
    result: Scrubbed | Withheld


def scrub(
    text: str, language: str | None = None, roster: Roster = NOBODY
) -> Scrubbed | Withheld:
    """Give what may be kept of a text, or why nothing may.

    Args:
        language: what it is likely written in (`nl`); None where that is not known.
        roster: names of staff that are looked for besides.
    """
    return explained(text, language, roster).result


def explained(
    text: str, language: str | None = None, roster: Roster = NOBODY
) -> Explanation:
    """Say what was found where, and by which layer. Raises nothing, as `scrub`."""
    try:
        return _explained(text, language, roster)
    except Exception:
        return Explanation("", (), Withheld.IN_DOUBT)


def _explained(text: str, language: str | None, roster: Roster) -> Explanation:
    layers = [*LAYERS, *name_layers(language, roster)]
    began = time.monotonic()
    plain = normalised(text)
    found = tuple(taken(plain, layers))
    clean, count = replaced(plain, found)
    result = kept(clean, count, is_word)
    if _is_leaky(clean) or time.monotonic() - began > LONGEST_TIME:
        result = Withheld.IN_DOUBT
    return Explanation(plain, found, result)


def _is_leaky(text: str) -> bool:
    """Say whether what is left still holds something that has a shape."""
    return bool(taken(covered(text), LAYERS))
