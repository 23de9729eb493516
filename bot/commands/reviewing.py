"""How far the remarks have come, in numbers. Never a text, and no number of a few."""

import asyncio
from typing import Final

from bot.app import upkeep
from bot.config import Installation
from bot.errors import InputError
from bot.reviews import ReviewCounts

FEWEST: Final = 10
"""Of so many remarks at least it is told how many still named somebody."""


async def counted(installation: Installation) -> ReviewCounts:
    """Count them. Raises InputError where nothing is stored yet."""
    answers = installation.data / "answers.db"
    if not await asyncio.to_thread(answers.is_file):
        raise InputError("no-such-file", path=str(answers))
    return await upkeep.review_counts(installation)


def may_be_told(counts: ReviewCounts) -> bool:
    """Say whether enough were decided about to tell how many named somebody."""
    return counts.decided >= FEWEST
