"""unbalanced-scale: as many ways to be displeased as to be pleased."""

from collections.abc import Iterator
from typing import Final

from bot.core.draft import ChoiceDraft
from bot.core.wording import Finding, Where

_RANK: Final = {"negative": -1, "neutral": 0, "positive": 1}


def unbalanced_scale(where: Where, scale: ChoiceDraft) -> Iterator[Finding]:
    """Find a scale that is not mirrored around its middle."""
    ranks = [_RANK[option.direction] for option in scale.options]
    goes_one_way = ranks in (sorted(ranks), sorted(ranks, reverse=True))
    if sum(ranks) or not goes_one_way or not any(ranks):
        yield Finding("unbalanced-scale", (*where, "options"), on_key=True)
