"""Figures that are published as they come in."""

from collections.abc import Iterable, Iterator

from tests.attacks.solver import People


def running_totals(weeks: Iterable[Iterable[int]]) -> Iterator[People]:
    """Publish every week the figures of everybody who ever answered."""
    so_far: People = frozenset()
    for people in weeks:
        so_far |= frozenset(people)
        yield so_far
