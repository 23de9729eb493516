"""A digest as one message, within what Telegram allows."""

from functools import partial
from typing import Final, assert_never

from bot.ballots import K
from bot.digest.model import Digest, PhaseReport, Report, Silence
from bot.digest.sections import PHASE_SECTIONS, SECTIONS, week
from bot.digest.voice import Voice, Words, fitting, units

CAPTION: Final = 1024
"""What fits below a picture, in UTF-16 units; a message of its own may have 4,096."""


def render(digest: Digest | PhaseReport, words: Words) -> str:
    """Put the digest into words: in full; gathered, then in brief, where too long.

    No figure is left out in brief: what can be said once is, and then names are cut,
    no more than need be. That form fits below a picture for every flow of four
    questions, be the people invited or walk-ins; where both have verdicts at once it
    may not, see `has_room`.
    """
    say = partial(_text, digest)
    return say(fitting(say, words, CAPTION))


def has_room(text: str) -> bool:
    """Say whether a text fits below a picture; one that does not goes without."""
    return units(text) <= CAPTION


def _text(digest: Digest | PhaseReport, voice: Voice) -> str:
    lines: tuple[str, ...]
    match digest:
        case Report():
            lines = tuple(line for part in SECTIONS for line in part(digest, voice))
        case PhaseReport():
            lines = tuple(
                line for part in PHASE_SECTIONS for line in part(digest, voice)
            )
        case Silence():
            lines = (*week.section(digest, voice), _why_silent(digest, voice))
        case _:
            assert_never(digest)
    return "\n".join(lines)


def _why_silent(digest: Silence, voice: Voice) -> str:
    if digest.has_figures:
        return voice.say("no_news")
    return voice.say("nothing_yet", least=K)
