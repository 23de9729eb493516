"""A digest as one message, within what Telegram allows."""

from typing import Final, assert_never

from bot.ballots import K
from bot.digest.model import Digest, Report, Silence
from bot.digest.sections import SECTIONS, week
from bot.digest.voice import Voice, Words, units

CAPTION: Final = 1024
"""What fits below a picture, in UTF-16 units; a message of its own may have 4,096."""


def render(digest: Digest, words: Words) -> str:
    """Put the digest into words: in full, or in brief where that is too long.

    Nothing is left out in brief: names are cut, and `mensen die zelf meededen` is said
    once for all. That form fits below a picture for every flow of four questions.
    """
    full = _text(digest, Voice(words))
    if units(full) <= CAPTION:
        return full
    return _text(digest, Voice(words, is_brief=True))


def _text(digest: Digest, voice: Voice) -> str:
    lines: tuple[str, ...]
    match digest:
        case Report():
            lines = tuple(line for part in SECTIONS for line in part(digest, voice))
        case Silence():
            lines = (*week.section(digest, voice), _why_silent(digest, voice))
        case _:
            assert_never(digest)
    return "\n".join(lines)


def _why_silent(digest: Silence, voice: Voice) -> str:
    if digest.has_figures:
        return voice.say("no_news")
    return voice.say("nothing_yet", least=K)
