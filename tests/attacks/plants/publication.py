"""Figures that are published as they come in."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import pytest

from bot.ballots import Batch
from bot.digest.measures import Group, Measure
from bot.grouping import Wordings
from tests.attacks.solver import People


def running_totals(weeks: Iterable[Iterable[int]]) -> Iterator[People]:
    """Publish every week the figures of everybody who ever answered."""
    so_far: People = frozenset()
    for people in weeks:
        so_far |= frozenset(people)
        yield so_far


@contextmanager
def exported_per_batch() -> Iterator[None]:
    """Export the counts of each batch, however few of it answered the question."""

    def each(
        measure: Measure, batches: Sequence[Batch], _known: Wordings
    ) -> tuple[Group, ...]:
        name, codes = measure.question.name, measure.question.codes
        return tuple(
            Group(batch.week, {code: batch.counts[name].get(code, 0) for code in codes})
            for batch in batches
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.digest.export.joins.groups", each)
        yield
