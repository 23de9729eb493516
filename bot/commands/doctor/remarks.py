"""Remarks that nobody looks at, and how many still named somebody."""

from collections.abc import Iterator

from bot.commands.doctor.finding import Finding, mind, note
from bot.commands.reviewing import may_be_told
from bot.config import Config
from bot.reviews import ReviewCounts


def check_remarks(config: Config, counts: ReviewCounts) -> Iterator[Finding]:
    """Say what is the matter with the reviewing; nothing where there is no remark."""
    if counts.unreviewed and not config.remarks.reviewers:
        yield mind("no-reviewers")
    if may_be_told(counts):
        yield note("remarks-named", named=counts.named, decided=counts.decided)
